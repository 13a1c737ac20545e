"""Large bodies wait for a place before they are read, and one sender does not take all places."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from api.basis.problemen import Probleem
from api.deur import plaatsen
from api.deur.plaatsen import PLAATSEN, PLAATSEN_VAN_EEN, Plaatsen, is_large
from berichten.processen.basis.zijproces import GROOT


async def _take(aan: Plaatsen, stapel: AsyncExitStack, wie: str) -> None:
    await stapel.enter_async_context(aan.one_of(wie))


def test_a_sender_with_all_its_places_waits_until_one_comes_free_and_others_do_not() -> None:
    async def run() -> None:
        aan = Plaatsen()
        async with AsyncExitStack() as stapel:
            for _ in range(PLAATSEN_VAN_EEN - 1):
                await _take(aan, stapel, "een")
            async with AsyncExitStack() as wachter:
                async with aan.one_of("een"):
                    volgende = asyncio.create_task(_take(aan, wachter, "een"))
                    await _take(aan, stapel, "ander")
                    assert not volgende.done()
                await volgende

    asyncio.run(run())


def test_who_gets_no_place_in_time_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plaatsen, "WACHT_SECONDEN", 0.01)

    async def run() -> Probleem:
        aan = Plaatsen()
        async with AsyncExitStack() as stapel:
            for nummer in range(PLAATSEN):
                await _take(aan, stapel, str(nummer))
            with pytest.raises(Probleem) as vol:
                await _take(aan, stapel, "nog een")
        await _take(aan, AsyncExitStack(), "nog een")
        return vol.value

    fout = asyncio.run(run())
    assert (fout.status, list(fout.headers)) == (503, ["Retry-After"])


def test_what_does_not_say_its_size_may_be_large() -> None:
    assert [is_large(lengte) for lengte in ("", "x", str(GROOT), str(GROOT + 1))] == [True, True, False, True]

-- What the database does by itself: what may not be changed, and who a person is.

CREATE FUNCTION geblokkeerde_prestaties(van_gemeente text, op timestamp with time zone) RETURNS TABLE(prestatie_id bigint)
    LANGUAGE sql STABLE
    AS $$
    WITH zelf AS (
        SELECT b.prestatie_id FROM betaalblokkade b
        WHERE b.gemeente = van_gemeente AND b.prestatie_id IS NOT NULL
            AND b.ingesteld_op <= op AND (b.opgeheven_op IS NULL OR b.opgeheven_op > op)
    )
    SELECT zelf.prestatie_id FROM zelf
    UNION
    SELECT c.prestatie_id
    FROM zelf
    JOIN prestatie d ON d.gemeente = van_gemeente AND d.prestatie_id = zelf.prestatie_id
    JOIN prestatie c ON c.gemeente = d.gemeente AND c.agb = d.agb AND c.soort = d.soort
        AND c.vorig_referentienummer = d.referentienummer AND c.credit AND c.uitkomst = 'toegekend'
$$;
COMMENT ON FUNCTION geblokkeerde_prestaties(van_gemeente text, op timestamp with time zone) IS 'Regels die op een moment zelf geblokkeerd zijn, en hun creditregels: anders ging het krediet van een regel die nog niet is betaald van ander geld af. Met infinity: de blokkades die nu gelden.';

CREATE FUNCTION kale_naam(naam text) RETURNS text
    LANGUAGE sql IMMUTABLE
    AS $$
    SELECT coalesce(
        nullif(lower(regexp_replace(normalize(naam, NFKD), '[\s.,;:''"`_/()\-\u2010-\u2015\u2018\u2019\u0300-\u036f\u00ad\u200b-\u200f\ufeff]+', '', 'g')), ''),
        lower(btrim(naam)))
$$;
COMMENT ON FUNCTION kale_naam(naam text) IS 'Een naam zonder wat bij het typen verschilt: spaties, leestekens, accenten, hoofdletters.';

CREATE FUNCTION persoon_van(van_gemeente text, wie text) RETURNS text
    LANGUAGE sql STABLE
    AS $$
    SELECT coalesce(
        CASE WHEN wie LIKE 'persoon:%' THEN kale_naam(substr(wie, 9)) END,
        (SELECT kale_naam(coalesce(nullif(btrim(s.eigenaar), ''), nullif(btrim(s.naam), ''))) FROM api_sleutel s
         WHERE s.gemeente = van_gemeente AND s.sleutel_id = wie),
        'sleutel ' || wie)
$$;
COMMENT ON FUNCTION persoon_van(van_gemeente text, wie text) IS 'Wie er achter een kolom door zit: de eigenaar van de sleutel, anders de naam die bij de sleutel staat, en van een sleutel zonder beide de sleutel zelf. Na persoon: staat de naam voluit (de opdrachtregel heeft geen sleutel).';

CREATE FUNCTION weiger_andere_eigenaar() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'De eigenaar en de naam van een sleutel veranderen niet: maak een nieuwe sleutel.';
END $$;

CREATE FUNCTION weiger_eigen_opheffing() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
DECLARE
    laatste record;
BEGIN
    SELECT soort, door INTO laatste FROM opheffingsstap
        WHERE gemeente = NEW.gemeente AND blokkade_id = NEW.blokkade_id ORDER BY stap DESC LIMIT 1;
    IF laatste.soort IS DISTINCT FROM 'voorgesteld'
            OR persoon_van(NEW.gemeente, laatste.door) = persoon_van(NEW.gemeente, NEW.opgeheven_door) THEN
        RAISE EXCEPTION 'Een blokkade wordt opgeheven door een ander dan wie de opheffing voorstelde.';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION weiger_eigen_rekening() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM betaalrekening r WHERE r.gemeente = NEW.gemeente AND r.rekening_id = NEW.rekening_id
            AND persoon_van(r.gemeente, r.vastgelegd_door) = persoon_van(NEW.gemeente, NEW.door)) THEN
        RAISE EXCEPTION 'Een bankrekening wordt bevestigd door een ander dan wie haar vastlegde.';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION weiger_wijziging() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    RAISE EXCEPTION 'Tabel % is alleen om aan toe te voegen: een boeking of bevinding wordt nooit gewijzigd.', TG_TABLE_NAME;
END $$;

CREATE FUNCTION weiger_wissen() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF EXISTS (SELECT FROM bericht b
               WHERE b.gemeente = OLD.gemeente AND b.bericht_id = OLD.bericht_id AND b.status <> 'geweigerd') THEN
        RAISE EXCEPTION 'Tabel % is alleen om aan toe te voegen: een boeking of bevinding wordt nooit gewijzigd.', TG_TABLE_NAME;
    END IF;
    RETURN OLD;
END $$;

CREATE FUNCTION weiger_zelfde_persoon() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
    IF persoon_van(NEW.gemeente, NEW.goedgekeurd_door) = persoon_van(NEW.gemeente, NEW.gemaakt_door) THEN
        RAISE EXCEPTION 'Een betaalrun wordt goedgekeurd door een ander dan wie hem maakte.';
    END IF;
    RETURN NEW;
END $$;

SET default_tablespace = '';

SET default_table_access_method = heap;

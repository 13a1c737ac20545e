// A real OpenID provider for the tests: node aanbieder.mjs '{"poort": …, "terug": "…", "sleutels": [jwk, …], "mensen": {…}, …}'
import { Provider } from "oidc-provider";

const keuze = JSON.parse(process.argv[2]);
const issuer = `http://127.0.0.1:${keuze.poort}`;

const provider = new Provider(issuer, {
  jwks: { keys: keuze.sleutels },
  clients: [
    {
      client_id: "portaal", redirect_uris: [keuze.terug],
      post_logout_redirect_uris: [new URL("/portaal/inloggen?uit=1", keuze.terug).href],
      backchannel_logout_uri: new URL("/portaal/inloggen/beeindigd", keuze.terug).href, backchannel_logout_session_required: true,
      grant_types: ["authorization_code", "refresh_token"], response_types: ["code"],
      id_token_signed_response_alg: keuze.sleutels[0].alg,
      ...(keuze.portaalsleutel
        ? { token_endpoint_auth_method: "private_key_jwt", jwks: { keys: [keuze.portaalsleutel] } }
        : { client_secret: "geheim-van-het-portaal" }),
    },
    ...["boekhouding", "vreemd"].map((client_id) => ({
      client_id, client_secret: `geheim-van-${client_id}`, redirect_uris: [], response_types: [], grant_types: ["client_credentials"],
      id_token_signed_response_alg: keuze.sleutels[0].alg,
    })),
  ],
  claims: { openid: ["sub", "name", "roles", "gemeente", "agb"], profile: [] },
  conformIdTokenClaims: false,
  // The service is on this machine, which the provider would not call of itself, and may be slow here.
  fetch: (url, { dispatcher, signal, ...rest }) => fetch(url, rest),
  pkce: { required: () => true },
  cookies: { keys: ["alleen-voor-tests"] },
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, ...keuze.mensen[sub] }) }),
  issueRefreshToken: async (_, client) => keuze.verversen && client.grantTypeAllowed("refresh_token"),
  rotateRefreshToken: () => true,
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope("openid profile");
    await grant.save();
    return grant;
  },
  features: {
    devInteractions: { enabled: true },
    clientCredentials: { enabled: true },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
    revocation: { enabled: true },
    resourceIndicators: {
      enabled: true,
      defaultResource: () => undefined,
      getResourceServerInfo: (_, resource) => ({
        scope: "berichten", audience: resource, accessTokenFormat: "jwt", accessTokenTTL: keuze.duur ?? 600,
        jwt: { sign: { alg: keuze.sleutels[0].alg } },
      }),
      useGrantedResource: () => true,
    },
  },
});
// What somebody is may change while it runs: PUT /proef/<login> with other claims.
provider.use(async (ctx, next) => {
  const wie = /^\/proef\/(\w+)$/.exec(ctx.path)?.[1];
  if (ctx.method !== "PUT" || !wie) return next();
  const stukken = [];
  for await (const stuk of ctx.req) stukken.push(stuk);
  keuze.mensen[wie] = JSON.parse(Buffer.concat(stukken).toString());
  ctx.status = 204;
});
provider.on("server_error", (_, fout) => console.error(fout));
provider.listen(keuze.poort, "127.0.0.1", () => console.log("klaar"));

"""A small institution to sign in at: an OpenID Connect provider in this process, with the steps and checks of a real one."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "bonebed", "a secret between the two"


class Institution:
    """Who works there, and the codes and tokens that were given out.

    Parameters
    ----------
    address : str
        Under which it is reached; the issuer of its tokens.
    people : mapping
        Claims of each person, by a name to click on.
    """

    def __init__(self, address: str, people: Mapping[str, Mapping[str, object]]) -> None:
        self.address = address
        self.people = people
        self._key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
        self._given: dict[str, dict[str, str]] = {}

    def application(self) -> Starlette:
        """Its pages."""
        return Starlette(
            routes=[
                Route("/.well-known/openid-configuration", self._describe),
                Route("/keys", self._keys),
                Route("/authorize", self._ask),
                Route("/choose/{name}", self._choose),
                Route("/token", self._token, methods=["POST"]),
            ]
        )

    async def _describe(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
                "response_types_supported": ["code"],
                "subject_types_supported": ["public"],
                "id_token_signing_alg_values_supported": ["RS256"],
                "code_challenge_methods_supported": ["S256"],
            }
        )

    async def _keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self._key.as_dict(private=False)]})

    async def _ask(self, request: Request) -> Response:
        asked = dict(request.query_params)
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        links = (f'<a href="/choose/{name}?{urlencode(asked)}">{name}</a>' for name in self.people)
        return HTMLResponse(f"<h1>Who are you?</h1>{' '.join(links)}")

    async def _choose(self, request: Request) -> Response:
        asked = dict(request.query_params)
        code = secrets.token_urlsafe()
        self._given[code] = asked | {"name": request.path_params["name"]}
        back = {"code": code, "state": asked["state"]}
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode(back)}", 303)

    async def _token(self, request: Request) -> Response:
        form = await request.form()
        asked = self._given.pop(str(form.get("code")), None)  # a code is good for one token
        if asked is None or not self._is_client(request, dict(form)) or form["redirect_uri"] != asked["redirect_uri"]:
            return JSONResponse({"error": "invalid_grant"}, 400)
        if "code_challenge" in asked:
            digest = hashlib.sha256(str(form["code_verifier"]).encode()).digest()
            assert base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == asked["code_challenge"]
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "sub": asked["name"]}
        claims |= {"nonce": asked["nonce"]} if "nonce" in asked else {}
        token = jwt.encode({"alg": "RS256", "kid": "one"}, claims | dict(self.people[asked["name"]]), self._key)
        return JSONResponse({"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": token})

    def _is_client(self, request: Request, form: Mapping[str, object]) -> bool:
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        return request.headers.get("authorization") == f"Basic {basic}" or form.get("client_secret") == SECRET


@contextmanager
def institution(port: int, people: Mapping[str, Mapping[str, object]]) -> Iterator[Institution]:
    """An institution that is open while the context lasts."""
    opened = Institution(f"http://127.0.0.1:{port}", people)
    configuration = uvicorn.Config(opened.application(), port=port, log_level="warning", lifespan="off", ws="none")
    server = uvicorn.Server(configuration)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        thread.join(0.02)
    yield opened
    server.should_exit = True
    thread.join(10)

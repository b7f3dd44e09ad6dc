#!/usr/bin/env python3
"""Writes the vectors of docs/evidence.md and docs/measurement.md, from the text alone.

A second implementation, in another language and with no library: what it and the Java code agree
on is what the documents say. Run it in this folder; it prints nothing and changes nothing when the
vectors stand as they are.
"""
import base64
import hashlib
import json
import os

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)),
                   "../resources/io/attestgate/verify/vectors")


def keccak256(data):
    """Keccak-256 with the padding of the original submission, as Ethereum uses it."""
    constants, lfsr = [], 1
    for _ in range(24):
        constant = 0
        for j in range(7):
            if lfsr & 1:
                constant |= 1 << ((1 << j) - 1)
            lfsr = (lfsr << 1) ^ (0x171 if lfsr & 0x80 else 0)
        constants.append(constant)
    mask = (1 << 64) - 1

    def rotate(value, by):
        by %= 64
        return ((value << by) | (value >> (64 - by))) & mask if by else value

    rate = 136
    padded = bytearray(data) + bytearray(rate - len(data) % rate)
    padded[len(data)] ^= 0x01
    padded[-1] ^= 0x80
    lanes = [[0] * 5 for _ in range(5)]
    for offset in range(0, len(padded), rate):
        for i in range(rate // 8):
            lanes[i % 5][i // 5] ^= int.from_bytes(padded[offset + 8 * i:offset + 8 * i + 8], "little")
        for constant in constants:
            parity = [lanes[x][0] ^ lanes[x][1] ^ lanes[x][2] ^ lanes[x][3] ^ lanes[x][4]
                      for x in range(5)]
            for x in range(5):
                mixed = parity[(x - 1) % 5] ^ rotate(parity[(x + 1) % 5], 1)
                for y in range(5):
                    lanes[x][y] ^= mixed
            x, y, current = 1, 0, lanes[1][0]
            for t in range(24):
                x, y = y, (2 * x + 3 * y) % 5
                current, lanes[x][y] = lanes[x][y], rotate(current, (t + 1) * (t + 2) // 2)
            for y in range(5):
                row = [lanes[x][y] for x in range(5)]
                for x in range(5):
                    lanes[x][y] = row[x] ^ (~row[(x + 1) % 5] & mask & row[(x + 2) % 5])
            lanes[0][0] ^= constant
    return b"".join(lanes[i % 5][i // 5].to_bytes(8, "little") for i in range(4))


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def hex0x(data):
    return "0x" + data.hex()


def canonical(value):
    """RFC 8785, for the ASCII strings and small integers that are used here."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


# P-256, enough of it to sign as the development root does.
P = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffff
N = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551
G = (0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296,
     0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5)


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and (a[1] + b[1]) % P == 0:
        return None
    slope = ((3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P) if a == b
             else (b[1] - a[1]) * pow(b[0] - a[0], -1, P)) % P
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def multiply(k, point=G):
    result = None
    while k:
        if k & 1:
            result = add(result, point)
        point, k = add(point, point), k >> 1
    return result


def spki(secret):
    x, y = multiply(secret)
    prefix = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d03010703420004")
    return prefix + x.to_bytes(32, "big") + y.to_bytes(32, "big")


NOTICE = b"attestgate simulated evidence: no hardware"
ROOT_SECRET = int.from_bytes(sha256(NOTICE), "big")


def sign(body, secret=ROOT_SECRET):
    z = int.from_bytes(sha256(body), "big")
    k = int.from_bytes(sha256(b"nonce for a vector", body), "big") % N
    r = multiply(k)[0] % N
    s = pow(k, -1, N) * (z + r * secret) % N
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


# docs/evidence.md

def p(claims):
    return b"attestgate/evidence/v1\0" + claims


def report_data(claims):
    return sha256(p(claims)) + keccak256(p(claims))


def leaf(claims):
    return sha256(b"\0", p(claims))


def node(a, b):
    return sha256(b"\1", min(a, b), max(a, b))


def batch_report_data(root):
    q = b"attestgate/evidence-batch/v1\0" + root
    return sha256(q) + keccak256(q)


def tree(leaves):
    """The root, and the path of each leaf; an odd last node goes up as it is."""
    paths = [[] for _ in leaves]
    level = [(value, [i]) for i, value in enumerate(leaves)]
    while len(level) > 1:
        above = []
        for i in range(0, len(level), 2):
            if i + 1 == len(level):
                above.append(level[i])
                continue
            (a, below_a), (b, below_b) = level[i], level[i + 1]
            for index in below_a:
                paths[index].append(b)
            for index in below_b:
                paths[index].append(a)
            above.append((node(a, b), below_a + below_b))
        level = above
    return level[0][0], paths


def word(value):
    return value.to_bytes(32, "big") if isinstance(value, int) else value.rjust(32, b"\0")


def padded(data):
    return word(len(data)) + data + b"\0" * (-len(data) % 32)


def measurement(platform, registers, config):
    tails = [padded(b"attestgate/measurement/v1"), padded(platform.encode()), padded(registers)]
    head, at = b"", 4 * 32
    for tail in tails:
        head += word(at)
        at += len(tail)
    return keccak256(head + config + b"".join(tails))


def text(word_):
    return sha256(b"vector: ", word_.encode())


POLICY = {
    "chainId": 31337,
    "contract": hex0x(text("contract")[:20]),
    "epoch": 3,
    "head": hex0x(text("head")),
    "block": 128,
    "blockHash": hex0x(text("block")),
}
DOCUMENTS = {"host": hex0x(text("host document")), "gateway": hex0x(text("gateway document"))}
CONFIG = text("config")
ENDPOINT = {
    "role": "endpoint",
    "nonce": b64(text("nonce")),
    "issuedAt": "2026-11-23T12:00:00Z",
    "notAfter": "2026-11-23T13:00:00Z",
    "host": "app.example",
    "tlsKeys": {"connection": b64(text("spki")), "next": None},
    "binding": "spki",
    "signingKey": hex0x(text("signer")[:20]),
    "httpKey": b64(spki(7)),
    "acmeAccounts": None,
    "policy": POLICY,
    "documents": DOCUMENTS,
    "config": b64(CONFIG),
    "gpu": None,
    "instance": None,
}
FULL = dict(
    ENDPOINT,
    tlsKeys={"connection": b64(text("spki")), "next": b64(text("next spki"))},
    binding=b64(text("exporter")),
    acmeAccounts=[{
        "directory": "https://ca.example/directory",
        "uri": "https://ca.example/account/1",
        "thumbprint": b64(text("account key")),
    }],
    gpu=b64(text("gpu")),
    instance=b64(text("instance")),
)
TLS_KEY = {
    "role": "tls-key",
    "nonce": b64(text("csr")),
    "issuedAt": "2026-11-23T12:00:00Z",
    "notAfter": "2027-11-23T12:00:00Z",
    "host": "app.example",
    "tlsKey": b64(text("spki")),
    "policy": POLICY,
    "documents": DOCUMENTS,
    "config": b64(CONFIG),
    "instance": None,
}
MESH = {
    "role": "mesh",
    "nonce": b64(text("nonce")),
    "issuedAt": "2026-11-23T12:00:00Z",
    "notAfter": "2026-11-23T13:00:00Z",
    "tlsKey": b64(text("mesh spki")),
    "signingKey": hex0x(text("signer")[:20]),
    "policy": POLICY,
    "config": b64(CONFIG),
    "gpu": None,
    "instance": None,
}
CODE = text("running jars")


def registration(chain_id=31337, instance=bytes(32), measured=None, not_after=1798070400):
    return b"".join([
        keccak256(b"attestgate/registration/v1"), word(chain_id), word(text("registry")[:20]),
        word(text("signer")[:20]), measured or measurement("simulated", CODE, CONFIG), instance,
        word(128), text("block"), word(not_after), text("nonce")])


def without(claims, *path):
    copy = json.loads(json.dumps(claims))
    at = copy
    for name in path[:-1]:
        at = at[name]
    del at[path[-1]]
    return copy


def accepted(role, name, claims):
    return {"role": role, "name": name, "claims": b64(claims),
            "reportData": hex0x(report_data(claims)), "leaf": hex0x(leaf(claims))}


def refused_claims():
    def row(role, name, claims):
        data = claims if isinstance(claims, bytes) else canonical(claims)
        return {"role": role, "name": name, "claims": b64(data)}

    for role, claims in (("endpoint", ENDPOINT), ("tls-key", TLS_KEY), ("mesh", MESH)):
        for field in claims:
            yield row(role, field + " absent", without(claims, field))
            yield row(role, field + " of another type", dict(claims, **{field: False}))
            if field not in ("gpu", "instance", "acmeAccounts"):
                yield row(role, field + " null", dict(claims, **{field: None}))
        yield row(role, "a field that is not in the table", dict(claims, more=1))
        yield row(role, "not canonical: a space", canonical(claims) + b" ")
        yield row(role, "not canonical: another order",
                  json.dumps(dict(reversed(sorted(claims.items()))), separators=(",", ":")).encode())
        yield row(role, "a name twice", canonical(claims)[:-1] + b',"role":"%s"}' % role.encode())
        yield row(role, "fraction of a second", dict(claims, issuedAt="2026-11-23T12:00:00.5Z"))
        yield row(role, "another zone", dict(claims, issuedAt="2026-11-23T12:00:00+00:00"))
        yield row(role, "a leap second", dict(claims, issuedAt="2026-12-31T23:59:60Z"))
        yield row(role, "ends when it begins", dict(claims, notAfter=claims["issuedAt"]))
        yield row(role, "padded base64", dict(claims, nonce=claims["nonce"] + "="))
        yield row(role, "nonce of 31 bytes", dict(claims, nonce=b64(text("nonce")[:31])))
        yield row(role, "upper-case contract",
                  dict(claims, policy=dict(POLICY, contract=POLICY["contract"].upper())))
        yield row(role, "negative epoch", dict(claims, policy=dict(POLICY, epoch=-1)))
        yield row(role, "policy without head", dict(claims, policy=without(POLICY, "head")))
        yield row(role, "policy with more", dict(claims, policy=dict(POLICY, more=1)))
        yield row(role, "not JSON", b"{")
        yield row(role, "empty", b"")
    yield row("endpoint", "claims of another role", TLS_KEY)
    yield row("tls-key", "claims of another role", ENDPOINT)
    yield row("mesh", "claims of another role", ENDPOINT)
    yield row("endpoint", "upper-case host", dict(ENDPOINT, host="App.example"))
    yield row("endpoint", "host with its root dot", dict(ENDPOINT, host="app.example."))
    yield row("endpoint", "accounts empty instead of null", dict(ENDPOINT, acmeAccounts=[]))
    yield row("endpoint", "seventeen accounts",
              dict(ENDPOINT, acmeAccounts=FULL["acmeAccounts"] * 17))
    yield row("endpoint", "an account by plain http",
              dict(ENDPOINT, acmeAccounts=[dict(FULL["acmeAccounts"][0], uri="http://ca.example/1")]))
    yield row("endpoint", "another word for the binding", dict(ENDPOINT, binding="exporter"))
    yield row("endpoint", "httpKey off the curve",
              dict(ENDPOINT, httpKey=b64(spki(7)[:-1] + bytes([spki(7)[-1] ^ 1]))))
    yield row("endpoint", "httpKey of 90 bytes", dict(ENDPOINT, httpKey=b64(spki(7)[:-1])))
    whole = registration()
    yield row("registration", "a word too few", whole[:-32])
    yield row("registration", "a word too many", whole + bytes(32))
    yield row("registration", "another type", bytes(32) + whole[32:])
    yield row("registration", "signer of 21 bytes", whole[:3 * 32 + 11] + b"\1" + whole[3 * 32 + 12:])
    yield row("registration", "notAfter beyond uint64", registration(not_after=1 << 64))
    yield row("registration", "notAfter beyond the year 9999", registration(not_after=253402300800))
    yield row("registration", "claims of another role", ENDPOINT)


def claims_vectors():
    return {
        "accepted": [
            accepted("endpoint", "nothing but what must be", canonical(ENDPOINT)),
            accepted("endpoint", "every field filled", canonical(FULL)),
            accepted("tls-key", "a key before its order", canonical(TLS_KEY)),
            accepted("mesh", "one replica to another", canonical(MESH)),
            accepted("registration", "without an instance", registration()),
            accepted("registration", "with an instance, on a large chain id",
                     registration(chain_id=(1 << 256) - 1, instance=text("instance"))),
        ],
        "refused": list(refused_claims()),
    }


def batch_vectors():
    rows = []
    for size in (2, 3, 4, 5, 7, 8):
        claims = [canonical(dict(ENDPOINT, nonce=b64(text("nonce %d" % i)))) for i in range(size)]
        root, paths = tree([leaf(c) for c in claims])
        rows.append({
            "claims": [b64(c) for c in claims],
            "root": hex0x(root),
            "paths": [[b64(sibling) for sibling in path] for path in paths],
            "reportData": hex0x(batch_report_data(root)),
        })
    return rows


def measurement_vectors():
    rows = []
    for platform, size in (("simulated", 32), ("sgx", 100), ("tdx", 304), ("snp", 88),
                           ("nitro", 192), ("tpm", 37), ("dstack", 336)):
        registers = (text(platform) * 11)[:size]
        rows.append({"platform": platform, "registers": hex0x(registers), "config": hex0x(CONFIG),
                     "measurement": hex0x(measurement(platform, registers, CONFIG))})
    return rows


def binding_vectors():
    members = {"gpu0": text("first"), "gpu2": text("third") * 3, "gpu10": b"", "cpu": text("cpu")}
    ordered = [members[name] for name in ("gpu0", "gpu2", "gpu10")]
    signer = text("signer")[:20]
    return {
        "gpuDigest": [{
            "members": {name: b64(value) for name, value in members.items()},
            "digest": hex0x(sha256(*(len(v).to_bytes(4, "big") + v for v in ordered))),
        }],
        "gpuNonce": [{
            "nonce": hex0x(text("nonce")), "signingKey": hex0x(signer), "spki": hex0x(text("spki")),
            "gpuNonce": hex0x(sha256(b"attestgate/gpu/v1\0", text("nonce"), signer, text("spki"))),
        }],
        "instance": [
            {"platform": "snp", "identity": hex0x(text("chip") * 2),
             "instance": hex0x(sha256(b"snp\0", text("chip") * 2))},
            {"platform": "snp", "identity": hex0x(bytes(64)), "instance": None},
        ],
    }


def simulated(data, code=CODE, config=CONFIG, notice=NOTICE.decode(), secret=ROOT_SECRET, more=None):
    body = canonical(dict({
        "version": 1, "notice": notice, "registers": b64(code), "reportData": b64(data),
        "config": b64(config), "instance": None}, **(more or {})))
    return canonical({"body": b64(body), "signature": b64(sign(body, secret))})


def envelope(claims, path=(), cpu=None, **fields):
    cpu = cpu or simulated(report_data(claims))
    return dict({
        "version": 1, "claims": b64(claims), "path": [b64(sibling) for sibling in path],
        "evidence": {"cpu": ["application/vnd.attestgate.simulated", b64(cpu)]}}, **fields)


def evidence_vectors():
    claims = canonical(ENDPOINT)
    good = envelope(claims)
    measured = hex0x(measurement("simulated", CODE, CONFIG))
    expectation = {
        "role": "endpoint", "platforms": ["simulated"], "at": "2026-11-23T12:30:00Z",
        "nonce": hex0x(text("nonce")), "host": "app.example", "tlsKey": hex0x(text("spki")),
        "chainId": 31337, "contract": POLICY["contract"], "measurements": [measured],
    }
    siblings = [canonical(dict(ENDPOINT, nonce=b64(text("nonce %d" % i)))) for i in range(4)]
    leaves = [leaf(c) for c in [claims] + siblings]
    root, paths = tree(leaves)
    batch = simulated(batch_report_data(root))

    def row(name, verdict, evidence=good, **expected):
        wanted = {k: v for k, v in dict(expectation, **expected).items() if v is not None}
        return {"name": name, "verdict": verdict, "expectation": wanted, "envelope": evidence}

    def signed(**fields):
        changed = canonical(dict(ENDPOINT, **fields))
        return envelope(changed)

    flipped = bytearray(simulated(report_data(claims)))
    flipped[-4] = ord("A") if flipped[-4] != ord("A") else ord("B")
    registered = registration()
    tls_key = canonical(TLS_KEY)
    return [
        row("all that was asked for holds", "trusted"),
        row("a report that others share", "trusted", envelope(claims, paths[0], batch)),
        row("a registration, held against the reader's own config", "trusted", envelope(registered),
            role="registration", host=None, tlsKey=None, chainId=None, contract=None,
            config=hex0x(CONFIG)),
        row("a key's own evidence", "trusted", envelope(tls_key), role="tls-key",
            nonce=hex0x(text("csr"))),
        row("nothing asked but role and platform", "trusted", nonce=None, host=None, tlsKey=None,
            chainId=None, contract=None, measurements=None),
        row("claims of another role", "claims", role="tls-key"),
        row("a registration asked for, an endpoint given", "claims", role="registration"),
        row("expired", "time", at="2026-11-23T13:00:00Z"),
        row("from the future", "time", at="2026-11-23T11:54:59Z"),
        row("from a clock five minutes ahead", "trusted", at="2026-11-23T11:55:00Z"),
        row("another nonce", "nonce", nonce=hex0x(text("another nonce"))),
        row("another host", "host", host="b.example"),
        row("another key", "tls-key", tlsKey=hex0x(text("another spki"))),
        row("an exporter that was not asked for", "binding", signed(binding=b64(text("exporter")))),
        row("another contract", "policy", contract=hex0x(text("another")[:20])),
        row("another chain", "policy", chainId=1),
        row("a host asked of a role that has none", "host", envelope(registered),
            role="registration", tlsKey=None, chainId=None, contract=None),
        row("no cpu", "members", envelope(claims, evidence={
            "gpu0": ["application/vnd.attestgate.nvidia", "AA"]})),
        row("a member that nobody judges", "members", envelope(claims, evidence=dict(
            good["evidence"], other=["application/vnd.attestgate.nvidia", "AA"]))),
        row("GPUs with a gap", "members", envelope(claims, evidence=dict(
            good["evidence"], gpu1=["application/vnd.attestgate.nvidia", "AA"]))),
        row("a GPU and nothing to judge it by", "platform", envelope(claims, evidence=dict(
            good["evidence"], gpu0=["application/vnd.attestgate.nvidia", "AA"]))),
        row("a TPM beside it and nothing to judge it by", "platform", envelope(
            claims, evidence=dict(good["evidence"], tpm=["application/vnd.attestgate.tpm", "AA"]))),
        row("simulated, not accepted by name", "platform", platforms=["tdx"]),
        row("no platform accepted", "platform", platforms=[]),
        row("a kind that is not judged", "platform", envelope(claims, evidence={
            "cpu": ["application/vnd.attestgate.unheard-of", "AA"]}), platforms=["unheard-of"]),
        row("a signature with another byte", "report", envelope(claims, cpu=bytes(flipped))),
        row("another root", "report",
            envelope(claims, cpu=simulated(report_data(claims), secret=12345))),
        row("without the notice", "report",
            envelope(claims, cpu=simulated(report_data(claims), notice="real"))),
        row("a body with one field more", "report",
            envelope(claims, cpu=simulated(report_data(claims), more={"debug": False}))),
        row("no JSON", "report", envelope(claims, cpu=b"{")),
        row("a report for other claims", "report-data",
            envelope(claims, cpu=simulated(report_data(siblings[0])))),
        row("a path too short", "report-data", envelope(claims, paths[0][:-1], batch)),
        row("another's path", "report-data", envelope(claims, paths[1], batch)),
        row("a batch report without its path", "report-data", envelope(claims, (), batch)),
        row("a single report with a path", "report-data", envelope(claims, paths[0])),
        row("a GPU claimed and none there", "gpu", signed(gpu=b64(text("gpu")))),
        row("an instance claimed and none there", "instance", signed(instance=b64(text("instance")))),
        row("a report under another config", "config",
            envelope(claims, cpu=simulated(report_data(claims), config=text("another config")))),
        row("another config than the reader's", "config", config=hex0x(text("another config"))),
        row("a registration without the reader's config", "config", envelope(registered),
            role="registration", host=None, tlsKey=None, chainId=None, contract=None),
        row("a measurement that is not allowed", "measurement",
            measurements=[hex0x(text("another"))]),
        row("no measurement allowed", "measurement", measurements=[]),
        row("a registration of another measurement", "measurement",
            envelope(registration(measured=text("another"))), role="registration", host=None,
            tlsKey=None, chainId=None, contract=None, config=hex0x(CONFIG)),
    ]


def refused_envelopes():
    claims = canonical(ENDPOINT)
    good = envelope(claims)
    cpu = good["evidence"]["cpu"]
    return [
        {"name": name, "envelope": value} for name, value in (
            ("another version", dict(good, version=2)),
            ("version as text", dict(good, version="1")),
            ("without path", without(good, "path")),
            ("with more", dict(good, more=1)),
            ("claims padded", dict(good, claims=good["claims"] + "==")),
            ("seventeen siblings", dict(good, path=[b64(text("s"))] * 17)),
            ("a sibling of 31 bytes", dict(good, path=[b64(text("s")[:31])])),
            ("evidence empty", dict(good, evidence={})),
            ("a member that is text", dict(good, evidence={"cpu": "AA"})),
            ("a member with a name of its own", dict(good, evidence={"CPU": cpu})),
            ("another media type", dict(good, evidence={"cpu": ["application/json", cpu[1]]})),
            ("a member without value", dict(good, evidence={"cpu": cpu[:1]})),
            ("an indicator that says endorsement", dict(good, evidence={"cpu": cpu + [2]})),
            ("an array", [good]),
        )]


def write(name, value):
    with open(os.path.join(OUT, name), "w", encoding="utf-8", newline="\n") as file:
        json.dump(value, file, indent=1, ensure_ascii=False)
        file.write("\n")


write("claims.json", claims_vectors())
write("batch.json", batch_vectors())
write("measurement.json", measurement_vectors())
write("binding.json", binding_vectors())
write("evidence.json", {"judged": evidence_vectors(), "malformed": refused_envelopes()})

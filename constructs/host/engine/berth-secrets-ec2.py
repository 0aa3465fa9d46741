#!/usr/bin/env python3
"""Brings this machine the API key and the certificate that its unit shares, from the cloud's secret store.

The first machine of a pool makes what is missing or about to expire, and the others wait for it: with one writer no
two keys can race. Secrets stay in memory, in the store and in files that only root reads.
"""
import json
import os
import secrets
import subprocess
import sys
import tempfile

from berth_store import Store

RENEW_SECONDS = 30 * 24 * 3600
VALID_DAYS = 825


def lasts(pem):
    if pem is None:
        return False
    command = ["openssl", "x509", "-noout", "-checkend", str(RENEW_SECONDS)]
    return subprocess.run(command, input=pem.encode(), stdout=subprocess.DEVNULL, check=False).returncode == 0


def make_pair(address):
    with tempfile.TemporaryDirectory() as folder:
        key, certificate = os.path.join(folder, "key"), os.path.join(folder, "certificate")
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        command += ["-days", str(VALID_DAYS), "-subj", "/CN=berth", "-addext", "subjectAltName=DNS:" + address]
        subprocess.run(command + ["-keyout", key, "-out", certificate], check=True, stderr=subprocess.DEVNULL)
        with open(key, encoding="ascii") as k, open(certificate, encoding="ascii") as c:
            return k.read(), c.read()


def provide(store, config):
    names = config["secrets"]
    key, pair = store.get(names["apiKey"]), store.get(names["tls"])
    if config["first"]:
        if key is None:
            key = secrets.token_hex(32)
            store.put(names["apiKey"], key)
        if not lasts(pair):
            private, certificate = make_pair(config["address"])
            pair = private + certificate
            # The pair last: if this stops between the two, the next run makes both anew.
            store.put(names["certificate"], certificate)
            store.put(names["tls"], pair)
    if key is None or pair is None:
        sys.exit("berth-secrets: the pool's first machine has not made the key yet")
    return key, pair


def keep(folder, name, text):
    path = os.path.join(folder, name)
    with os.fdopen(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    os.replace(path + ".new", path)


def main(path):
    with open(path, encoding="utf-8") as file:
        config = json.load(file)
    key, pair = provide(Store(config["store"]), config)
    folder = os.path.join(os.environ.get("BERTH_ROOT", "/"), "etc/berth", config["unit"])
    os.makedirs(folder, mode=0o700, exist_ok=True)
    keep(folder, "api-key", key + "\n")
    keep(folder, "tls.pem", pair)


main(sys.argv[1])

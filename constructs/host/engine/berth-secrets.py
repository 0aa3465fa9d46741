#!/usr/bin/env python3
"""Brings this machine the API key and the certificates that its pool shares, from the cloud's secret store.

The first machine of a pool makes what is missing, and the others wait for it: with one writer no two keys can race. The
next certificate is made 60 days before the end of the one in use, lies behind it in the store, and is used 25 days later: until
then, clients learn of it. A key that somebody replaced counts on, here, for a week. Secrets stay in memory, in the store and in
files that only root reads.
"""
import calendar
import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
import time

from berth_store import Passing, Store

DAY = 24 * 3600
VALID_DAYS = 825
PATIENCE = int(os.environ.get("BERTH_RETRY_SECONDS", "900"))
PAIR = re.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----.+?-----END CERTIFICATE-----", re.DOTALL)

# What it certifies can serve this name and sign nothing. Clients that trust two tell them apart by their names.
OPENSSL = """[req]
distinguished_name = name
x509_extensions = server
prompt = no
[name]
CN = berth %d
[server]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth
subjectKeyIdentifier = hash
subjectAltName = DNS:%s
"""


def said_of(pair, *words):
    command = ["openssl", "x509", "-noout", *words]
    answer = subprocess.run(command, input=pair.encode(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    return answer.returncode == 0, answer.stdout.decode()


def lasts(pair, days):
    return said_of(pair, "-checkend", str(days * DAY))[0]


def signs_others(pair):
    return "CA:TRUE" in said_of(pair, "-ext", "basicConstraints")[1]


def is_for(pair, address):
    return "dns:" + address.lower() in said_of(pair, "-ext", "subjectAltName")[1].lower().replace(",", " ").split()


def age_in_days(pair):
    text = said_of(pair, "-startdate")[1].strip().replace("notBefore=", "")
    return (time.time() - calendar.timegm(time.strptime(text, "%b %d %H:%M:%S %Y %Z"))) / DAY


def certificate_of(pair):
    return pair[pair.index("-----BEGIN CERTIFICATE"):]


def make_pair(address):
    with tempfile.TemporaryDirectory() as folder:
        key, certificate, config = (os.path.join(folder, name) for name in ("key", "certificate", "config"))
        with open(config, "w", encoding="ascii") as file:
            file.write(OPENSSL % (time.time(), address))
        command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
        command += ["-days", str(VALID_DAYS), "-config", config, "-keyout", key, "-out", certificate]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        with open(key, encoding="ascii") as k, open(certificate, encoding="ascii") as c:
            return k.read() + c.read()


def renewed(pairs, address):
    """The pair in use and, near its end, the next one."""
    if not pairs or not lasts(pairs[0], 0) or not is_for(pairs[0], address):
        return [make_pair(address)]
    if len(pairs) == 1:
        return pairs if lasts(pairs[0], 60) and not signs_others(pairs[0]) else pairs + [make_pair(address)]
    return pairs[1:] if age_in_days(pairs[1]) >= 25 or not lasts(pairs[0], 2) else pairs[:2]


def provide(store, config):
    names = config["secrets"]
    key = store.get(names["apiKey"])
    pairs = [pair + "\n" for pair in PAIR.findall(store.get(names["tls"]) or "")]
    if config["first"]:
        if key is None:
            key = secrets.token_hex(32)
            store.put(names["apiKey"], key)
        now = renewed(pairs, config["address"])
        if now != pairs:
            # The pairs last: if this stops between the two, the next run makes both anew.
            store.put(names["certificate"], "".join(certificate_of(pair) for pair in now))
            store.put(names["tls"], "".join(now))
            pairs = now
    if key is None or not pairs:
        raise Passing("the pool's first machine has not made the key yet")
    return key, pairs


def patiently(config):
    """Tries again what may pass: a network that is not there yet, a role that does not act yet, a first machine that is not done."""
    limit, pause = time.time() + PATIENCE, 2
    while True:
        try:
            return provide(Store(config["store"]), config)
        except Passing as error:
            if time.time() >= limit:
                sys.exit("berth-secrets: %s; it was tried for %d seconds" % (error, PATIENCE))
        time.sleep(pause)
        pause = min(60, pause * 2)


def keep(folder, name, text):
    path = os.path.join(folder, name)
    with os.fdopen(os.open(path + ".new", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    os.replace(path + ".new", path)


def keep_before(folder, key):
    """The key before this one, which counts as long as its file is younger than a week."""
    path = os.path.join(folder, "api-key")
    if os.path.exists(path):
        with open(path, encoding="ascii") as file:
            before = file.read().strip()
        if before and before != key:
            keep(folder, "api-key-before", before + "\n")


def main(path):
    with open(path, encoding="utf-8") as file:
        config = json.load(file)
    key, pairs = patiently(config)
    folder = os.path.join(os.environ.get("BERTH_ROOT", "/"), "etc/berth", config["unit"])
    os.makedirs(folder, mode=0o700, exist_ok=True)
    keep_before(folder, key)
    keep(folder, "api-key", key + "\n")
    keep(folder, "tls.pem", pairs[0])
    if len(pairs) > 1:
        keep(folder, "next.pem", pairs[1])
    elif os.path.exists(os.path.join(folder, "next.pem")):
        os.remove(os.path.join(folder, "next.pem"))


main(sys.argv[1])

"""An S3-compatible store of files (moto's server) in a process of its own."""

import contextlib
import subprocess
import sys
from collections.abc import Iterator

import boto3

from devtools.checks import free_port
from devtools.processes import answers
from devtools.story import wait_until

KEYS = {"AWS_ACCESS_KEY_ID": "key-of-the-test", "AWS_SECRET_ACCESS_KEY": "secret-of-the-test"}
REGION = "us-east-1"


class Bucket:
    """A bucket of the store, as its keepers see it.

    :param endpoint: address of the store
    """

    def __init__(self, endpoint: str, name: str):
        self.endpoint, self.name = endpoint, name
        self._client = boto3.client(
            "s3",
            endpoint_url=endpoint,
            region_name=REGION,
            aws_access_key_id=KEYS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=KEYS["AWS_SECRET_ACCESS_KEY"],
        )
        self._client.create_bucket(Bucket=name)

    def names(self) -> set[str]:
        """Names of all that is kept."""
        pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.name)
        return {entry["Key"] for page in pages for entry in page.get("Contents", ())}

    def contents(self) -> list[bytes]:
        """All that is kept."""
        return [
            self._client.get_object(Bucket=self.name, Key=key)["Body"].read()
            for key in self.names()
        ]


@contextlib.contextmanager
def store() -> Iterator[Bucket]:
    """Run a store with an empty bucket."""
    port = free_port()
    command = [sys.executable, "-m", "moto.server", "--host", "127.0.0.1", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            endpoint = f"http://127.0.0.1:{port}"
            wait_until(lambda: answers(f"{endpoint}/moto-api/"), "the store does not answer")
            yield Bucket(endpoint, "contact-center")
        finally:
            process.terminate()

"""A client of the application's own: one connection, opened by whoever asks first, as pools do it."""

import asyncio
import os
from datetime import timedelta

from typed_cache import Cache, CacheClientFactory


class AsyncMemcached:
    def __init__(self) -> None:
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, command: str) -> bytes:
        if self._streams is None:
            host, _, port = os.environ["BOOKSHOP_MEMCACHED"].rpartition(":")
            self._streams = await asyncio.open_connection(host, int(port))
        reader, writer = self._streams
        writer.write(f"{command}\r\n".encode())
        return await reader.readline()

    async def from_cache(self, key: str) -> bytes | None:
        found = await self.ask(f"mg {key} v")
        if found == b"EN\r\n" or self._streams is None:
            return None
        return (await self._streams[0].readline()).rstrip()

    async def to_cache(self, key: str, value: bytes, expire: timedelta | None) -> None:
        await self.ask(f"ms {key} {len(value)}\r\n{value.decode()}")

    async def invalidate_cache(self, key: str) -> None:
        await self.ask(f"md {key}")


client = AsyncMemcached()


async def configure() -> None:
    factory = CacheClientFactory()
    factory.register("remote", client)
    Cache.set_cache_factory(factory)
    await client.ask("mn")


@Cache(key="remote_{number}", cache_client_name="remote")
async def remote(number: int) -> bytes:
    return b"%d" % number

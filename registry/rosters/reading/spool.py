"""Rows of a long file wait on the disk: a roster may have a million of them."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Iterable, Iterator, Sequence
from io import BufferedRandom
from tempfile import TemporaryFile
from types import ModuleType
from typing import Generic, TypeVar
from weakref import finalize

T = TypeVar("T")

# So many stay in memory, some 50 MB of rows: the roster of any parliament is never packed.
KEPT = 20_000


class Spool(Sequence[T], Generic[T]):
    """Things in the order they were put in: to be counted, gone through, or taken by number.

    More than `kept` of them lie in a temporary file, which ends with the spool; each time one
    is taken it is made anew, so it equals the one that was put in and is not that one. `codec`
    packs them: `pickle`, or `marshal` for plain texts and numbers.
    """

    def __init__(
        self, things: Iterable[T] = (), *, codec: ModuleType = pickle, kept: int = KEPT
    ) -> None:
        self._codec = codec
        self._most = kept
        self._kept: list[T] = []
        self._file: BufferedRandom | None = None
        self._offsets = array("Q", [0])
        self._at_end = True  # a needless seek would write a small buffer out
        for thing in things:
            self.append(thing)

    def append(self, thing: T) -> None:
        if self._file is None:
            self._kept.append(thing)
            if len(self._kept) > self._most:
                self._file = TemporaryFile(buffering=1 << 18)  # noqa: SIM115 - as long as the spool
                finalize(self, self._file.close)
                for each in self._kept:
                    self._pack(each)
                self._kept = []
        else:
            self._pack(thing)

    def _pack(self, thing: T) -> None:
        packed = self._codec.dumps(thing)
        if not self._at_end:
            self._file.seek(self._offsets[-1])
            self._at_end = True
        self._file.write(packed)
        self._offsets.append(self._offsets[-1] + len(packed))

    def __len__(self) -> int:
        return len(self._kept) if self._file is None else len(self._offsets) - 1

    def __getitem__(self, index):
        if isinstance(index, slice):
            return self.only(range(*index.indices(len(self))))
        if index < 0:
            index += len(self)
        if not 0 <= index < len(self):
            raise IndexError(index)
        if self._file is None:
            return self._kept[index]
        return self._between(index, index + 1)[0]

    def __iter__(self) -> Iterator[T]:
        if self._file is None:
            yield from self._kept
            return
        for first in range(0, len(self), 500):
            yield from self._between(first, min(first + 500, len(self)))

    def _between(self, first: int, beyond: int) -> list[T]:
        """Several at once; another walk through the same file may be under way."""
        begin = self._offsets[first]
        self._file.seek(begin)
        self._at_end = False
        packed = memoryview(self._file.read(self._offsets[beyond] - begin))
        return [
            self._codec.loads(packed[self._offsets[n] - begin : self._offsets[n + 1] - begin])
            for n in range(first, beyond)
        ]

    def only(self, indexes: Iterable[int]) -> Selection[T]:
        """Some of them, by number, in the order given; nothing is copied."""
        return Selection(self, indexes)


class Selection(Sequence[T], Generic[T]):
    """Some of the things in a spool."""

    def __init__(self, spool: Spool[T], indexes: Iterable[int]) -> None:
        self._spool = spool
        self._indexes = array("Q", indexes)

    def __len__(self) -> int:
        return len(self._indexes)

    def __getitem__(self, index):
        if isinstance(index, slice):
            return Selection(self._spool, self._indexes[index])
        return self._spool[self._indexes[index]]

    def only(self, indexes: Iterable[int]) -> Selection[T]:
        return Selection(self._spool, (self._indexes[index] for index in indexes))

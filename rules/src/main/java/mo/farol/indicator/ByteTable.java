package mo.farol.indicator;

import java.util.Arrays;

/**
 * Byte strings and a number for each, from 0: open addressing over 64-bit keyed hashes, and what
 * the hash finds is compared byte by byte. Grows while it is built, then is only read.
 */
final class ByteTable {
  /** Bytes of all strings together; more would not be reached by an {@code int}. */
  static final int ROOM = 1 << 30;

  private final KeyedHash hash;
  private long[] hashes = new long[16];
  private int[] entries = new int[16]; // number + 1, 0 for a free slot
  private byte[] arena = new byte[256];
  private int[] offsets = new int[16];
  private int size;

  ByteTable(KeyedHash hash) {
    this.hash = hash;
  }

  /** The number of a string, given on first sight; -1 where there is no more room. */
  int add(byte[] key) {
    long h = hash.of(key, 0, key.length);
    int known = find(h, key, 0, key.length);
    if (known >= 0) {
      return known;
    }
    if (ROOM - offsets[size] < key.length) {
      return -1;
    }
    if (size + 2 > entries.length - entries.length / 3) {
      rehash(entries.length * 2);
    }
    keep(key);
    place(h, size);
    return size++;
  }

  private void keep(byte[] key) {
    int at = offsets[size];
    if (arena.length - at < key.length) {
      long more = Math.max(at + (long) key.length, arena.length * 3L / 2);
      arena = Arrays.copyOf(arena, (int) Math.min(ROOM, more));
    }
    System.arraycopy(key, 0, arena, at, key.length);
    if (size + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 3 / 2);
    }
    offsets[size + 1] = at + key.length;
  }

  private void rehash(int slots) {
    long[] oldHashes = hashes;
    int[] oldEntries = entries;
    hashes = new long[slots];
    entries = new int[slots];
    for (int i = 0; i < oldEntries.length; i++) {
      if (oldEntries[i] != 0) {
        place(oldHashes[i], oldEntries[i] - 1);
      }
    }
  }

  private void place(long h, int entry) {
    int slot = (int) h & entries.length - 1;
    while (entries[slot] != 0) {
      slot = slot + 1 & entries.length - 1;
    }
    hashes[slot] = h;
    entries[slot] = entry + 1;
  }

  /** Gives back the room kept for growing. */
  void trim() {
    arena = Arrays.copyOf(arena, offsets[size]);
    offsets = Arrays.copyOf(offsets, size + 1);
  }

  /** The number of {@code b[from .. to)}, or -1. */
  int find(byte[] b, int from, int to) {
    return size == 0 ? -1 : find(hash.of(b, from, to), b, from, to);
  }

  /** The same where the hash is known. */
  int find(long h, byte[] b, int from, int to) {
    int slot = (int) h & entries.length - 1;
    for (; entries[slot] != 0; slot = slot + 1 & entries.length - 1) {
      int entry = entries[slot] - 1;
      if (hashes[slot] == h
          && Arrays.equals(arena, offsets[entry], offsets[entry + 1], b, from, to)) {
        return entry;
      }
    }
    return -1;
  }

  int size() {
    return size;
  }

  KeyedHash hash() {
    return hash;
  }

  /** Where all strings lie; not to be written to. */
  byte[] arena() {
    return arena;
  }

  int start(int entry) {
    return offsets[entry];
  }

  int end(int entry) {
    return offsets[entry + 1];
  }

  byte[] key(int entry) {
    return Arrays.copyOfRange(arena, offsets[entry], offsets[entry + 1]);
  }
}

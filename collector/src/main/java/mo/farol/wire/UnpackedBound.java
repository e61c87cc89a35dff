package mo.farol.wire;

/**
 * What packed bytes may become: so much at most, and beyond the first 8 MiB 200 times what was
 * sent. A flood of like lines packs 100 to 1 and better, with zstd above all; the limit and the
 * budget bound the memory whatever the ratio.
 */
final class UnpackedBound {
  private static final int RATIO = 200;
  // Below this a ratio says nothing: like lines pack very well.
  private static final long RATIO_MATTERS_BYTES = 8 << 20;

  private final long limit;
  private long packed;
  private long unpacked;

  UnpackedBound(long limit) {
    this.limit = limit;
  }

  void packed(int more) {
    packed += more;
  }

  void unpacked(int more) throws Unpacking.Broken {
    unpacked += more;
    if (unpacked > limit) {
      throw new Unpacking.Broken(
          true, "a body may unpack to %d MiB at most".formatted(limit >> 20));
    }
    if (unpacked > RATIO_MATTERS_BYTES && unpacked / RATIO > packed) {
      throw new Unpacking.Broken(true, "a body may unpack to " + RATIO + " times its size at most");
    }
  }
}

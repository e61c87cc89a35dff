package mo.farol.wire;

/** What stands around the data of a gzip member, byte by byte: RFC 1952 section 2.3. */
final class GzipEnvelope {
  /** What a byte led to. */
  enum Next {
    MORE,
    DATA,
    DONE,
    WRONG
  }

  private enum Part {
    FIXED,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    HEADER_CRC,
    TRAILER
  }

  private static final int[] MAGIC = {0x1f, 0x8b, 8};
  private static final int FLAGS_AT = 3;
  private static final int FIXED_BYTES = 10;
  private static final int TRAILER_BYTES = 8;

  private Part part = Part.FIXED;
  private int at;
  private int flags;
  private int extra;
  private long crc;

  /** Whether a member has just ended and none begun. */
  boolean isBetweenMembers() {
    return part == Part.FIXED && at == 0;
  }

  /** The checksum the trailer named. */
  long crc() {
    return crc;
  }

  Next take(int b) {
    return switch (part) {
      case FIXED -> fixed(b);
      case EXTRA_LENGTH -> {
        extra |= b << Byte.SIZE * at++;
        yield at < 2 ? Next.MORE : extra > 0 ? enter(Part.EXTRA) : after(Part.EXTRA);
      }
      case EXTRA -> ++at < extra ? Next.MORE : after(Part.EXTRA);
      case NAME -> b != 0 ? Next.MORE : after(Part.NAME);
      case COMMENT -> b != 0 ? Next.MORE : after(Part.COMMENT);
      case HEADER_CRC -> ++at < 2 ? Next.MORE : after(Part.HEADER_CRC);
      case TRAILER -> trailer(b);
    };
  }

  private Next fixed(int b) {
    if (at < MAGIC.length && b != MAGIC[at]) {
      return Next.WRONG;
    }
    if (at == FLAGS_AT) {
      flags = b;
    }
    return ++at < FIXED_BYTES ? Next.MORE : after(Part.FIXED);
  }

  // The parts that the flags announce, in the order in which they stand.
  private Next after(Part done) {
    if (done.compareTo(Part.EXTRA_LENGTH) < 0 && (flags & 4) != 0) {
      extra = 0;
      return enter(Part.EXTRA_LENGTH);
    }
    if (done.compareTo(Part.NAME) < 0 && (flags & 8) != 0) {
      return enter(Part.NAME);
    }
    if (done.compareTo(Part.COMMENT) < 0 && (flags & 16) != 0) {
      return enter(Part.COMMENT);
    }
    if (done.compareTo(Part.HEADER_CRC) < 0 && (flags & 2) != 0) {
      return enter(Part.HEADER_CRC);
    }
    enter(Part.TRAILER);
    crc = 0;
    return Next.DATA;
  }

  private Next enter(Part next) {
    part = next;
    at = 0;
    return Next.MORE;
  }

  private Next trailer(int b) {
    if (at < Integer.BYTES) {
      crc |= (long) b << Byte.SIZE * at;
    }
    if (++at < TRAILER_BYTES) {
      return Next.MORE;
    }
    enter(Part.FIXED);
    return Next.DONE;
  }
}

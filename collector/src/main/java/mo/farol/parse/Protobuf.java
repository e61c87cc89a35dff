package mo.farol.parse;

/**
 * Reads the fields of one protobuf message, without descending and without making anything of them
 * (protobuf encoding, "Message structure"). Never reads past its bounds; what breaks the format
 * ends it. Groups are broken: nothing of today has them.
 */
public final class Protobuf {
  /** Wire types. */
  public static final int VARINT = 0;

  public static final int FIXED64 = 1;
  public static final int LENGTH = 2;
  public static final int FIXED32 = 5;

  private static final int MOST_FIELD = 1 << 29;

  private byte[] bytes = {};
  private int to;
  private int at;
  private int field;
  private int type;
  private long value;
  private int from;
  private int valueTo;
  private boolean broken;

  /** Starts with the message in {@code b[start .. end)}. */
  public Protobuf enter(byte[] b, int start, int end) {
    bytes = b;
    at = start;
    to = end;
    broken = false;
    return this;
  }

  /** Goes to the next field; false after the last one or where the format is broken. */
  public boolean next() {
    if (broken || at >= to) {
      return false;
    }
    long tag = varint();
    field = (int) (tag >>> 3);
    type = (int) tag & 7;
    broken |= tag >>> 3 <= 0 || tag >>> 3 >= MOST_FIELD;
    if (!broken) {
      read();
    }
    return !broken;
  }

  /** Whether the fields ended before the message did. */
  public boolean isBroken() {
    return broken;
  }

  /** Number of the field. */
  public int field() {
    return field;
  }

  /** Whether it is this field, of this wire type. */
  public boolean is(int number, int wireType) {
    return field == number && type == wireType;
  }

  /** A number's value. */
  public long value() {
    return value;
  }

  /** Where a value with a length begins. */
  public int from() {
    return from;
  }

  /** Where it ends. */
  public int to() {
    return valueTo;
  }

  private void read() {
    switch (type) {
      case VARINT -> value = varint();
      case FIXED64 -> value = fixed(Long.BYTES);
      case FIXED32 -> value = fixed(Integer.BYTES);
      case LENGTH -> {
        long length = varint();
        if (length < 0 || length > to - at) {
          broken = true;
        } else {
          from = at;
          at += (int) length;
          valueTo = at;
        }
      }
      default -> broken = true;
    }
  }

  private long varint() {
    long result = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      if (at >= to) {
        broken = true;
        return 0;
      }
      byte b = bytes[at++];
      result |= (b & 0x7fL) << shift;
      if (b >= 0) {
        return result;
      }
    }
    broken = true;
    return 0;
  }

  private long fixed(int length) {
    if (to - at < length) {
      broken = true;
      return 0;
    }
    long result = 0;
    for (int i = length - 1; i >= 0; i--) {
      result = result << Byte.SIZE | bytes[at + i] & 0xff;
    }
    at += length;
    return result;
  }
}

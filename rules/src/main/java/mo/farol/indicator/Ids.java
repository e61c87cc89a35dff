package mo.farol.indicator;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/** Ids by number, those that are UUIDs in seventeen bytes; an empty one takes none. */
final class Ids {
  private static final String STIX = "indicator--";
  private static final byte OTHER = 0;
  private static final byte BARE = 1;
  private static final byte WITH_TYPE = 2;

  private byte[] arena = new byte[256];
  private int[] offsets = new int[16];
  private int size;

  void add(String id) {
    byte[] packed = pack(id);
    int at = offsets[size];
    if (arena.length - at < packed.length) {
      int more = Math.max(Math.addExact(at, packed.length), arena.length + arena.length / 2);
      arena = Arrays.copyOf(arena, more);
    }
    System.arraycopy(packed, 0, arena, at, packed.length);
    if (size + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 3 / 2);
    }
    offsets[++size] = at + packed.length;
  }

  private static byte[] pack(String id) {
    if (id.isEmpty()) {
      return new byte[0];
    }
    boolean isStix = id.startsWith(STIX);
    String bare = isStix ? id.substring(STIX.length()) : id;
    if (bare.length() == 36 && bare.charAt(8) == '-') {
      try {
        var uuid = UUID.fromString(bare);
        if (uuid.toString().equals(bare)) {
          return ByteBuffer.allocate(17)
              .put(isStix ? WITH_TYPE : BARE)
              .putLong(uuid.getMostSignificantBits())
              .putLong(uuid.getLeastSignificantBits())
              .array();
        }
      } catch (IllegalArgumentException e) {
        // kept as text
      }
    }
    byte[] text = id.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(text.length + 1).put(OTHER).put(text).array();
  }

  void trim() {
    arena = Arrays.copyOf(arena, offsets[size]);
    offsets = Arrays.copyOf(offsets, size + 1);
  }

  String get(int i) {
    int from = offsets[i];
    int to = offsets[i + 1];
    if (from == to) {
      return "";
    }
    var bytes = ByteBuffer.wrap(arena, from + 1, to - from - 1);
    return switch (arena[from]) {
      case BARE -> new UUID(bytes.getLong(), bytes.getLong()).toString();
      case WITH_TYPE -> STIX + new UUID(bytes.getLong(), bytes.getLong());
      default -> new String(arena, from + 1, to - from - 1, StandardCharsets.UTF_8);
    };
  }
}

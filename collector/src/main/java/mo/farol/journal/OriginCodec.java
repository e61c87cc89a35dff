package mo.farol.journal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import mo.farol.event.Origin;

/**
 * An origin as bytes: length (2), six texts each with a length (2) and UTF-8 (agency, input, peer,
 * lane, format, zone), exercise (1), year (4). What a later version adds stands behind, under the
 * same length.
 */
final class OriginCodec {
  private static final int TEXT_LIMIT = 1024;
  private static final int FIXED = 2 + 6 * 2 + 1 + 4;

  private OriginCodec() {}

  /** Whether every text is short enough. */
  static boolean fits(Origin origin) {
    for (String text : texts(origin)) {
      if (text.length() > TEXT_LIMIT) {
        return false;
      }
    }
    return true;
  }

  /** Most bytes it can take. */
  static int roomFor(Origin origin) {
    int room = FIXED;
    for (String text : texts(origin)) {
      room += 3 * text.length();
    }
    return room;
  }

  static void write(Origin origin, ByteBuffer out) {
    int start = out.position();
    out.putShort((short) 0);
    for (String text : texts(origin)) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      out.putShort((short) utf8.length).put(utf8);
    }
    out.put((byte) (origin.exercise() ? 1 : 0)).putInt(origin.year());
    out.putShort(start, (short) (out.position() - start - 2));
  }

  /** Reads one and moves past it. */
  static Origin read(ByteBuffer in) {
    int length = in.getShort() & 0xffff;
    var own = in.slice(in.position(), length);
    in.position(in.position() + length);
    String agency = text(own);
    String input = text(own);
    String peer = text(own);
    String lane = text(own);
    String format = text(own);
    String zone = text(own);
    boolean exercise = own.get() == 1;
    return new Origin(agency, input, peer, lane, exercise, format, own.getInt(), zone);
  }

  private static String[] texts(Origin o) {
    return new String[] {o.agency(), o.input(), o.peer(), o.lane(), o.format(), o.zone()};
  }

  private static String text(ByteBuffer in) {
    byte[] utf8 = new byte[in.getShort() & 0xffff];
    in.get(utf8);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}

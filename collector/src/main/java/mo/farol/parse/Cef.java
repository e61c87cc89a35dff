package mo.farol.parse;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import mo.farol.event.Fields;
import mo.farol.event.Micros;

/**
 * ArcSight's Common Event Format, version 0 and 1: seven fields between bars, then {@code
 * key=value} pairs.
 */
final class Cef implements Dialect {
  private static final byte[] DATASET = Cursor.ascii("cef");
  private static final byte[] START = Cursor.ascii("CEF:");
  private static final int[] HEADER = {
    Fields.id("cef.version"),
    Fields.id("cef.device_vendor"),
    Fields.id("cef.device_product"),
    Fields.id("cef.device_version"),
    Fields.id("cef.device_event_class_id"),
    Fields.id("cef.name"),
    Fields.id("cef.severity")
  };
  private static final String EXTENSION = "cef.extensions.";
  private static final Map<String, Integer> ECS =
      Map.ofEntries(
          Map.entry("src", Fields.SOURCE_IP),
          Map.entry("dst", Fields.DESTINATION_IP),
          Map.entry("spt", Fields.SOURCE_PORT),
          Map.entry("dpt", Fields.DESTINATION_PORT),
          Map.entry("suser", Fields.USER_NAME),
          Map.entry("duser", Name.TARGET_USER),
          Map.entry("proto", Name.TRANSPORT),
          Map.entry("act", Fields.EVENT_ACTION),
          Map.entry("out", Name.SOURCE_BYTES),
          Map.entry("in", Name.DESTINATION_BYTES),
          Map.entry("request", Name.URL_ORIGINAL),
          Map.entry("requestMethod", Name.METHOD),
          Map.entry("fname", Fields.id("file.name")),
          Map.entry("filePath", Name.FILE_PATH));

  private byte[] scratch = new byte[512];
  private int length;

  /** Whether a CEF text stands at the cursor. */
  static boolean isOne(Cursor c) {
    return c.startsWith(START);
  }

  @Override
  public void read(Line line) {
    var c = line.cursor;
    if (!c.eat(START)) {
      return;
    }
    line.put(Fields.EVENT_DATASET, DATASET);
    for (int field : HEADER) {
      if (!header(c)) {
        line.put(Name.NOTE, Cursor.ascii("CEF header cut short"));
        return;
      }
      line.into.addCopy(field, scratch, 0, length);
    }
    extension(line);
  }

  // Up to the next bar that no backslash escapes.
  private boolean header(Cursor c) {
    length = 0;
    while (c.at < c.end) {
      byte b = c.bytes[c.at++];
      if (b == '|') {
        return true;
      }
      if (b == '\\' && c.at < c.end && (c.bytes[c.at] == '|' || c.bytes[c.at] == '\\')) {
        b = c.bytes[c.at++];
      }
      keep(b);
    }
    return false;
  }

  private void extension(Line line) {
    var c = line.cursor;
    c.skipSpaces();
    while (!c.isAtEnd()) {
      int equals = c.find('=');
      if (equals == c.end) {
        return;
      }
      var key = new String(c.bytes, c.at, equals - c.at, StandardCharsets.UTF_8);
      c.at = equals + 1;
      int end = valueEnd(c);
      value(c, end);
      pair(line, key);
      c.at = end;
      c.skipSpaces();
    }
  }

  // A value ends before the blank that comes before the next key, or at the end.
  private static int valueEnd(Cursor c) {
    int blank = -1;
    for (int i = c.at; i < c.end; i++) {
      byte b = c.bytes[i];
      if (b == '\\') {
        i++;
      } else if (b == ' ') {
        blank = i;
      } else if (b == '=' && blank >= 0 && blank + 1 < i) {
        return blank;
      } else if (!isKey(b)) {
        blank = -1;
      }
    }
    return c.end;
  }

  private static boolean isKey(byte b) {
    return b >= 'a' && b <= 'z'
        || b >= 'A' && b <= 'Z'
        || Cursor.isDigit(b)
        || b == '_'
        || b == '.'
        || b == '-'
        || b == '['
        || b == ']';
  }

  private void value(Cursor c, int end) {
    length = 0;
    for (int i = c.at; i < end; i++) {
      byte b = c.bytes[i];
      if (b == '\\' && i + 1 < end) {
        b = unescaped(c.bytes[++i]);
      }
      keep(b);
    }
    while (length > 0 && scratch[length - 1] == ' ') {
      length--;
    }
  }

  private static byte unescaped(byte b) {
    return switch (b) {
      case 'n' -> (byte) '\n';
      case 'r' -> (byte) '\r';
      default -> b;
    };
  }

  private void pair(Line line, String key) {
    line.into.addCopy(Fields.id(EXTENSION + key), scratch, 0, length);
    var ecs = ECS.get(key);
    if (ecs != null) {
      line.into.addCopy(ecs, scratch, 0, length);
    }
    boolean time = key.equals("rt") || key.equals("end") || key.equals("start");
    if (time && line.occurredAt == Micros.NONE) {
      line.occurredAt = epoch();
    }
  }

  private long epoch() {
    long millis = 0;
    for (int i = 0; i < length; i++) {
      if (!Cursor.isDigit(scratch[i]) || i > 14) {
        return Micros.NONE;
      }
      millis = millis * 10 + scratch[i] - '0';
    }
    return Times.epoch(millis);
  }

  private void keep(byte b) {
    if (length == scratch.length) {
      scratch = java.util.Arrays.copyOf(scratch, length * 2);
    }
    scratch[length++] = b;
  }
}

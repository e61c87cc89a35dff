package mo.farol.indicator;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/** Two files of STIX objects as one: of what both hold the newer version. */
final class StixMerge {
  private static final int MOST = 1_000_000;
  private static final JsonFactory JSON = new JsonFactory();

  /** Told of one object: its id, its version's time as written, and where it stands. */
  private interface Each {
    void object(String id, String modified, long from, long to) throws IOException;
  }

  private StixMerge() {}

  /**
   * Writes both, an object a line; an {@link IOException} where that is past a bound.
   *
   * @param old the file so far
   * @param fresh what came since
   */
  static void merge(Path old, Path fresh, Path out, long most) throws IOException {
    var newer = new HashMap<String, String>();
    each(
        fresh,
        (id, modified, _, _) -> {
          newer.merge(id, modified, StixMerge::later);
          if (newer.size() > MOST) {
            throw new IOException("more than " + MOST + " objects came at once");
          }
        });
    try (var file = FileChannel.open(old, StandardOpenOption.READ);
        var more = FileChannel.open(fresh, StandardOpenOption.READ);
        var merged = Files.newOutputStream(out)) {
      var written = new long[1];
      each(
          old,
          (id, modified, from, to) -> {
            if (isKept(newer, id, modified)) {
              written[0] += copy(file, from, to, merged);
            }
          });
      each(
          fresh,
          (_, _, from, to) -> {
            written[0] += copy(more, from, to, merged);
            if (written[0] > most) {
              throw new IOException("the collection has grown past " + most + " bytes");
            }
          });
    }
  }

  private static boolean isKept(Map<String, String> newer, String id, String modified) {
    String other = newer.get(id);
    return id.isEmpty()
        || other == null
        || (!modified.equals(other) && later(modified, other).equals(modified));
  }

  // RFC 3339 in UTC, as STIX has it, but perhaps with other numbers of digits behind the point.
  private static String later(String one, String other) {
    String a = one.endsWith("Z") ? one.substring(0, one.length() - 1) : one;
    String b = other.endsWith("Z") ? other.substring(0, other.length() - 1) : other;
    return a.compareTo(b) >= 0 ? one : other;
  }

  private static long copy(FileChannel from, long start, long end, OutputStream out)
      throws IOException {
    var to = Channels.newChannel(out);
    long at = start;
    while (at < end) {
      long count = from.transferTo(at, end - at, to);
      if (count <= 0) {
        throw new IOException("the file became shorter");
      }
      at += count;
    }
    out.write('\n');
    return end - start + 1;
  }

  // Objects stand in "objects" of bundles and envelopes, or by themselves.
  private static void each(Path file, Each out) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        JsonParser json = JSON.createParser(in)) {
      for (var token = json.nextToken(); token != null; token = json.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          object(json, out);
        }
      }
    }
  }

  private static void object(JsonParser json, Each out) throws IOException {
    long from = json.currentTokenLocation().getByteOffset();
    String id = "";
    String type = "";
    String modified = "";
    boolean isHolder = false;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      var start = json.nextToken();
      if (name.equals("objects") && start == JsonToken.START_ARRAY) {
        isHolder = true;
        for (var t = json.nextToken(); t != JsonToken.END_ARRAY; t = json.nextToken()) {
          if (t == JsonToken.START_OBJECT) {
            object(json, out);
          } else {
            json.skipChildren();
          }
        }
      } else if (start == JsonToken.VALUE_STRING) {
        id = name.equals("id") ? json.getText() : id;
        type = name.equals("type") ? json.getText() : type;
        modified = name.equals("modified") ? json.getText() : modified;
      } else {
        json.skipChildren();
      }
    }
    if (!isHolder && !type.isEmpty()) {
      out.object(id, modified, from, json.currentLocation().getByteOffset());
    }
  }
}

package mo.farol.indicator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import mo.farol.event.Micros;

/**
 * The newest version of each object of a file (STIX 2.1 section 3.6), by a keyed hash of its id:
 * sixteen bytes each. Past {@value #MOST} objects versions are no longer told apart.
 */
final class StixVersions {
  static final int MOST = 4_000_000;
  private static final Set<String> WANTED = Set.of("type", "id", "modified", "revoked");

  /** How one version stands among those of its object. */
  enum Standing {
    NEWEST,
    OLDER,
    REVOKED
  }

  private final KeyedHash hash = new KeyedHash();
  private long[] keys = new long[1024]; // 0 for a free place
  private long[] versions = new long[1024]; // microseconds << 1 | whether revoked
  private int size;

  /** Reads a file for its versions; what is broken in it is told by whoever reads it whole. */
  static StixVersions of(InputStream in) throws IOException {
    var versions = new StixVersions();
    try (var json = new JsonStream(in)) {
      json.roots(() -> versions.root(json));
    } catch (JsonProcessingException e) {
      return versions; // told where the objects are read
    }
    return versions;
  }

  private void root(JsonStream json) throws IOException {
    saw(
        json.object(
            WANTED,
            (name, start) -> {
              if (!name.equals("objects") || start != JsonToken.START_ARRAY) {
                return false;
              }
              json.each(() -> saw(json.object(WANTED)));
              return true;
            }));
  }

  private void saw(Map<String, JsonNode> object) {
    if (JsonStream.text(object, "type").equals("indicator")) {
      saw(JsonStream.text(object, "id"), version(object));
    }
  }

  /** What a version is compared by: when it was modified, and whether it revokes. */
  static long version(Map<String, JsonNode> object) {
    long revoked = JsonStream.text(object, "revoked").equals("true") ? 1 : 0;
    try {
      return Micros.of(TimeText.read(JsonStream.text(object, "modified"))) << 1 | revoked;
    } catch (Unreadable e) {
      return revoked;
    }
  }

  void saw(String id, long version) {
    if (id.isEmpty() || size >= MOST) {
      return;
    }
    if (size * 3L > keys.length * 2L) {
      grow();
    }
    long key = key(id);
    int place = place(key);
    if (keys[place] == 0) {
      keys[place] = key;
      versions[place] = version;
      size++;
    } else {
      versions[place] = Math.max(versions[place], version);
    }
  }

  /** Where a version stands; one of an object that was not seen is its newest. */
  Standing of(String id, long version) {
    int place = id.isEmpty() ? -1 : place(key(id));
    if (place < 0 || keys[place] == 0) {
      return (version & 1) == 1 ? Standing.REVOKED : Standing.NEWEST;
    }
    if ((versions[place] & 1) == 1) {
      return Standing.REVOKED;
    }
    return version < versions[place] ? Standing.OLDER : Standing.NEWEST;
  }

  private long key(String id) {
    byte[] b = id.getBytes(StandardCharsets.UTF_8);
    long key = hash.of(b, 0, b.length);
    return key == 0 ? 1 : key;
  }

  private int place(long key) {
    int place = (int) key & keys.length - 1;
    while (keys[place] != 0 && keys[place] != key) {
      place = place + 1 & keys.length - 1;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    long[] oldVersions = versions;
    keys = new long[oldKeys.length * 2];
    versions = new long[oldKeys.length * 2];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        versions[place] = oldVersions[i];
      }
    }
  }
}

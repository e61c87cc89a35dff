package mo.farol.elastic;

import java.nio.charset.StandardCharsets;
import mo.farol.parse.JsonWalk;
import org.jspecify.annotations.Nullable;

/** The action line of a bulk request, read without making objects. Belongs to one thread. */
final class BulkAction {
  /** What is asked for. */
  enum Kind {
    INDEX("index", 201, "created"),
    CREATE("create", 201, "created"),
    UPDATE("update", 200, "noop"),
    DELETE("delete", 200, "noop");

    private final String word;
    final int status;
    final String result;

    Kind(String word, int status, String result) {
      this.word = word;
      this.status = status;
      this.result = result;
    }

    String word() {
      return word;
    }

    /** Whether a line with a document follows. */
    boolean hasSource() {
      return this != DELETE;
    }
  }

  private static final Kind[] KINDS = Kind.values();
  private static final byte[][] WORDS = words();
  private static final byte[] INDEX_NAME = bytes("_index");
  private static final byte[] ID = bytes("_id");

  private final JsonWalk action = new JsonWalk();
  private final JsonWalk inner = new JsonWalk();
  private int indexFrom;
  private int indexTo;
  private int idFrom;
  private int idTo;

  /** Reads {@code b[from .. to)}; null where it is no action. */
  @Nullable Kind read(byte[] b, int from, int to) {
    indexTo = 0;
    idTo = 0;
    if (!action.enter(b, from, to) || b[from] != '{' || !action.next()) {
      return null;
    }
    var kind = kind();
    int valueFrom = action.from();
    int valueTo = action.to();
    if (kind == null || b[valueFrom] != '{' || action.next() || !action.isWhole()) {
      return null;
    }
    inner.enter(b, valueFrom, valueTo);
    while (inner.next()) {
      name(b);
    }
    return kind;
  }

  boolean hasIndex() {
    return indexTo > 0;
  }

  /** Where the index stands, as JSON. */
  int indexFrom() {
    return indexFrom;
  }

  int indexTo() {
    return indexTo;
  }

  boolean hasId() {
    return idTo > 0;
  }

  int idFrom() {
    return idFrom;
  }

  int idTo() {
    return idTo;
  }

  private @Nullable Kind kind() {
    for (int i = 0; i < KINDS.length; i++) {
      if (action.isKey(WORDS[i])) {
        return KINDS[i];
      }
    }
    return null;
  }

  private static byte[][] words() {
    byte[][] words = new byte[KINDS.length][];
    for (int i = 0; i < words.length; i++) {
      words[i] = bytes(KINDS[i].word);
    }
    return words;
  }

  private void name(byte[] b) {
    if (b[inner.from()] != '"') {
      return;
    }
    if (inner.isKey(INDEX_NAME)) {
      indexFrom = inner.from();
      indexTo = inner.to();
    } else if (inner.isKey(ID)) {
      idFrom = inner.from();
      idTo = inner.to();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}

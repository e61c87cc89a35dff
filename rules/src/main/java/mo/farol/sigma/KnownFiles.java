package mo.farol.sigma;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the documents of files said when they were read last: a file whose bytes did not change, by
 * their hash, is not read again. What hangs on other files is never kept: which ids are taken, what
 * correlations count, what filters apply to. One thread at a time.
 */
public final class KnownFiles {
  private record Known(String hash, List<Document> documents) {}

  private Map<Path, Known> before = new HashMap<>();
  private Map<Path, Known> now = new HashMap<>();
  private Placeholders placeholders = Placeholders.NONE;
  private long read;

  /** Begins to read a book; values of placeholders are part of what rules say. */
  void begin(Placeholders values) {
    if (!placeholders.equals(values)) {
      before.clear();
      placeholders = values;
    }
  }

  /** The documents of a file that holds a text. */
  List<Document> documents(Path file, String text) {
    String hash = Versions.whole(text);
    var known = before.get(file);
    if (known == null || !known.hash.equals(hash)) {
      known = new Known(hash, DocumentReader.read(file, text, placeholders));
      read++;
    }
    now.put(file, known);
    return known.documents;
  }

  /** The book is read: files that it does not have are forgotten. */
  void end() {
    before = now;
    now = new HashMap<>();
  }

  /** How many files were read because they were new or had changed. */
  public long read() {
    return read;
  }
}

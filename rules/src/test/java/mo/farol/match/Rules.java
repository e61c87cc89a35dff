package mo.farol.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.sigma.Placeholders;
import mo.farol.sigma.RuleBook;

/** Small rule books for tests. */
public final class Rules {
  private Rules() {}

  /** A book of one file. */
  public static RuleBook book(String yaml) {
    return book(yaml, Placeholders.NONE);
  }

  /** A book of one file, with values for placeholders. */
  public static RuleBook book(String yaml, Placeholders placeholders) {
    try {
      Path folder = Files.createTempDirectory("farol-rules");
      Path file = Files.writeString(folder.resolve("rule.yml"), yaml);
      var book = RuleBook.load(List.of(folder), placeholders);
      Files.delete(file);
      Files.delete(folder);
      return book;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ids of the rules that match an event, in the order of the book. */
  public static List<String> ids(Matcher matcher, EventBatch batch, int i) {
    var ids = new ArrayList<String>();
    matcher.match(batch, i, detection -> ids.add(detection.rule().id()));
    return ids;
  }
}

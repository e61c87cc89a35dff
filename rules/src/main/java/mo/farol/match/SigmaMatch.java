package mo.farol.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Micros;
import mo.farol.event.Origin;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.sigma.RuleBook;
import org.jspecify.annotations.Nullable;

/**
 * Matches lines through the parser and the matcher that the centre runs: what {@code farol sigma
 * match} does. Writes {@code {"line":N,"rule":"ID"}} for every match, lines counted from 1, in
 * order; a correlation matches at the line that makes it due.
 */
public final class SigmaMatch {
  private static final int LINES = 256;

  /** Where lines come from; null after the last. */
  public interface Lines {
    byte @Nullable [] next() throws IOException;
  }

  /** Counts detections over time, as the room above does. */
  public interface Counting {
    /** Takes a detection; hands out the ids of correlations that it makes due. */
    void accept(Detection detection, Consumer<String> due);

    /** Hands out what is owed at the end. */
    void end(Consumer<String> due);
  }

  /** Counts nothing. */
  public static final Counting NO_COUNTING =
      new Counting() {
        @Override
        public void accept(Detection detection, Consumer<String> due) {
          // nothing is counted
        }

        @Override
        public void end(Consumer<String> due) {
          // nothing is owed
        }
      };

  private final @Nullable BruteMatcher brute;
  private final Matcher matcher;
  private final Counting counting;
  private final Appendable out;
  private final Instant receivedAt;
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch batch = new EventBatch();
  private final List<Long> numbers = new ArrayList<>();
  private FrameBatch.Builder frames = new FrameBatch.Builder();
  private long sequence;
  private long matches;

  /**
   * @param asksAll asks every rule instead of using the index, and counts nothing
   * @param receivedAt when the lines arrive, which stands in for times they lack
   */
  public SigmaMatch(
      RuleBook book,
      RuleSettings settings,
      boolean asksAll,
      Counting counting,
      Instant receivedAt,
      Appendable out) {
    brute = asksAll ? new BruteMatcher(book, settings) : null;
    matcher = new Matcher(book, settings);
    this.counting = counting;
    this.receivedAt = receivedAt;
    this.out = out;
  }

  /**
   * Matches them all.
   *
   * @return how many matches
   */
  public long match(Lines lines) throws IOException {
    long number = 0;
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        number++;
        if (!isBlank(line)) {
          frames.add(line, 0, line.length, (byte) 0);
          numbers.add(number);
        }
        if (numbers.size() == LINES) {
          flush();
        }
      }
      flush();
      long last = number;
      counting.end(rule -> print(last, rule));
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    return matches;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t') {
        return false;
      }
    }
    return true;
  }

  private void flush() {
    if (numbers.isEmpty()) {
      return;
    }
    var origin = new Origin("none", "file", "", "match", false, "", 0, "UTC");
    parser.parse(frames.build(origin, Micros.of(receivedAt)), sequence, 0, batch);
    sequence += numbers.size();
    for (int i = 0; i < batch.count(); i++) {
      event(i, numbers.get(i));
    }
    frames = new FrameBatch.Builder();
    numbers.clear();
  }

  private void event(int i, long number) {
    if (brute != null) {
      brute.ids(batch, i).forEach(id -> print(number, id));
      return;
    }
    var due = new ArrayList<String>();
    matcher.match(
        batch,
        i,
        detection -> {
          print(number, detection.rule().id());
          counting.accept(detection, due::add);
        });
    due.forEach(rule -> print(number, rule));
  }

  private void print(long number, String rule) {
    matches++;
    try {
      out.append("{\"line\":" + number + ",\"rule\":" + quoted(rule) + "}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String quoted(String id) {
    var text = new StringBuilder("\"");
    id.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                text.append('\\').append((char) c);
              } else if (c < ' ') {
                text.append("\\u%04x".formatted(c));
              } else {
                text.append((char) c);
              }
            });
    return text.append('"').toString();
  }
}

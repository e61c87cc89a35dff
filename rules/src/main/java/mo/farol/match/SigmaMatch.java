package mo.farol.match;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import mo.farol.event.EventBatch;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.parse.ParseConfig;
import mo.farol.parse.Parser;
import mo.farol.sigma.RuleBook;

/** Matches the lines of a file, through the parser and the matcher that the centre runs. */
public final class SigmaMatch {
  private static final int LINES = 256;

  /** Finds the ids of the rules that one event matches. */
  private interface Engine {
    List<String> ids(EventBatch batch, int i);
  }

  private final Engine engine;
  private final Appendable out;
  private final Parser parser = new Parser(ParseConfig.defaults());
  private final EventBatch batch = new EventBatch();
  private final List<String> lines = new ArrayList<>();
  private final List<Long> numbers = new ArrayList<>();
  private long matches;

  private SigmaMatch(Engine engine, Appendable out) {
    this.engine = engine;
    this.out = out;
  }

  /**
   * Writes {@code {"line":N,"rule":"ID"}} for every match, lines counted from 1, in order.
   *
   * @param file one event a line: flat JSON, or anything else the parser reads
   * @param brute ask every rule instead of using the index
   * @return how many matches
   */
  public static long match(RuleBook book, Path file, boolean brute, Appendable out)
      throws IOException {
    var run = new SigmaMatch(engine(book, brute), out);
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    try (var reader =
        new BufferedReader(new java.io.InputStreamReader(Files.newInputStream(file), decoder))) {
      run.read(reader);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
    return run.matches;
  }

  private static Engine engine(RuleBook book, boolean brute) {
    if (brute) {
      return new BruteMatcher(book, FieldMap.standard())::ids;
    }
    var matcher = new Matcher(book, FieldMap.standard());
    return (batch, i) -> {
      var ids = new ArrayList<String>();
      matcher.match(batch, i, detection -> ids.add(detection.rule().id()));
      return ids;
    };
  }

  private void read(BufferedReader reader) throws IOException {
    long number = 0;
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      if (!line.isBlank()) {
        lines.add(line);
        numbers.add(number);
      }
      if (lines.size() == LINES) {
        flush();
      }
    }
    flush();
  }

  private void flush() throws IOException {
    var origin = new Origin("", "file", "", "match", false, "", 0, "UTC");
    var frames = FrameBatch.ofTexts(origin, Instant.EPOCH, lines.toArray(String[]::new));
    parser.parse(frames, 0, 0, batch);
    for (int i = 0; i < batch.count(); i++) {
      for (String id : engine.ids(batch, i)) {
        matches++;
        out.append("{\"line\":" + numbers.get(i) + ",\"rule\":" + quoted(id) + "}\n");
      }
    }
    lines.clear();
    numbers.clear();
  }

  private static String quoted(String id) {
    return "\"" + id.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}

package mo.farol.parse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The lines of {@code vectors.exceptions}: {@code KIND NAME: reason}. */
record VectorExceptions(List<Line> lines) {
  private static final String FILE = "vectors.exceptions";
  private static final Set<String> KINDS = Set.of("vector", "key", "best-effort");

  private record Line(String kind, String name) {
    static Line of(String text) {
      int space = text.indexOf(' ');
      int colon = text.indexOf(": ");
      boolean isWhole = space > 0 && colon > space && !text.substring(colon + 2).isBlank();
      if (!isWhole || !KINDS.contains(text.substring(0, space))) {
        throw new IllegalStateException(FILE + ": 'KIND NAME: reason' is wanted, not " + text);
      }
      return new Line(text.substring(0, space), text.substring(space + 1, colon));
    }
  }

  static VectorExceptions read() {
    try (var in = Objects.requireNonNull(VectorExceptions.class.getResourceAsStream(FILE))) {
      return new VectorExceptions(
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> !line.isBlank() && !line.startsWith("#"))
              .map(Line::of)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean holds(String kind, String name) {
    return lines.contains(new Line(kind, name));
  }

  /** The names of one kind. */
  Stream<String> of(String kind) {
    return lines.stream().filter(line -> line.kind.equals(kind)).map(Line::name);
  }
}

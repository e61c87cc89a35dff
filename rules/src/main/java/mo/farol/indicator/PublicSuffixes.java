package mo.farol.indicator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Names below which names of everybody stand: {@code suffixes.txt} beside this class. */
final class PublicSuffixes {
  private static final Set<String> ALL = load();

  private PublicSuffixes() {}

  /** Whether a domain, in the form in which it is compared, is one of them. */
  static boolean isOne(String domain) {
    return ALL.contains(domain);
  }

  private static Set<String> load() {
    try (InputStream in = PublicSuffixes.class.getResourceAsStream("suffixes.txt")) {
      if (in == null) {
        throw new IllegalStateException("suffixes.txt is not beside the class");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.strip().split(" +", -1)))
          .filter(name -> !name.isEmpty())
          .collect(Collectors.toUnmodifiableSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

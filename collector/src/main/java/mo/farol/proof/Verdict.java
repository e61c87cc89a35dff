package mo.farol.proof;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a check came to.
 *
 * @param proven what holds, one sentence each
 * @param findings what does not, one sentence each; at most 1,000
 */
public record Verdict(List<String> proven, List<String> findings) {
  private static final int MOST = 1_000;

  public Verdict {
    proven = List.copyOf(proven);
    findings = List.copyOf(findings);
  }

  /** Whether nothing is wrong. */
  public boolean isProven() {
    return findings.isEmpty();
  }

  /** Collects what is seen on the way. */
  static final class Notes {
    private final List<String> proven = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();

    @SuppressWarnings("AnnotateFormatMethod") // would need a library for a check
    void proven(String format, @Nullable Object... values) {
      proven.add(format.formatted(values));
    }

    @SuppressWarnings("AnnotateFormatMethod")
    void wrong(String format, @Nullable Object... values) {
      if (findings.size() < MOST) {
        findings.add(format.formatted(values));
      } else if (findings.size() == MOST) {
        findings.add("and more that is not listed");
      }
    }

    int found() {
      return findings.size();
    }

    Verdict verdict() {
      return new Verdict(proven, findings);
    }
  }
}

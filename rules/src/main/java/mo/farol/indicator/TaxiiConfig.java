package mo.farol.indicator;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;

/**
 * How to reach an API root of a TAXII 2.1 server.
 *
 * @param root the API root, {@code https://…/}; {@code http} is let through to this machine only
 * @param login how we say who we are
 * @param timeout of one request, its body included
 * @param pageBytes of one answer at most
 * @param pages of one collection at most
 * @param bytes of one collection at most, all answers together
 */
public record TaxiiConfig(
    URI root, Login login, Duration timeout, long pageBytes, int pages, long bytes) {
  private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

  /** How we say who we are. */
  public sealed interface Login {
    /** Not at all. */
    record None() implements Login {}

    /** By name and password, RFC 7617. */
    record Basic(String name, String password) implements Login {
      @Override
      public String toString() {
        return "Basic[" + name + "]";
      }
    }

    /** By a token, RFC 6750. */
    record Bearer(String token) implements Login {
      @Override
      public String toString() {
        return "Bearer";
      }
    }
  }

  public TaxiiConfig {
    String scheme = String.valueOf(root.getScheme()).toLowerCase(Locale.ROOT);
    String host = String.valueOf(root.getHost()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !(scheme.equals("http") && HERE.contains(host))) {
      throw new TaxiiFault("a TAXII root is reached over https://, not " + root);
    }
    if (root.getUserInfo() != null) {
      throw new TaxiiFault("a password doesn't stand in the address of " + host);
    }
  }

  /** A collection of half a gibibyte at most. */
  public TaxiiConfig(URI root, Login login, Duration timeout, long pageBytes, int pages) {
    this(root, login, timeout, pageBytes, pages, 512L << 20);
  }

  /** A minute a request, 64 MiB an answer, 10,000 answers, half a gibibyte in all. */
  public static TaxiiConfig of(URI root, Login login) {
    return new TaxiiConfig(root, login, Duration.ofMinutes(1), 64L << 20, 10_000);
  }

  /** The root with a slash at its end, so that what is asked stands below it. */
  URI base() {
    String text = root.toString();
    return text.endsWith("/") ? root : URI.create(text + "/");
  }

  /** Value of the Authorization header; empty for none. */
  String authorization() {
    return switch (login) {
      case Login.None _ -> "";
      case Login.Bearer(String token) -> "Bearer " + token;
      case Login.Basic(String name, String password) ->
          "Basic "
              + Base64.getEncoder()
                  .encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    };
  }
}

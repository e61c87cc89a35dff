package mo.farol.onboard;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * How a test line goes.
 *
 * @param speech what is spoken
 * @param to the listener
 * @param tls whether inside TLS
 * @param proof what says whose the line is
 * @param certificate serial of the agency's certificate that is shown
 */
public record Way(
    Speech speech, InetSocketAddress to, boolean tls, Proof proof, Optional<String> certificate) {
  /** What says whose a line is. */
  public enum Proof {
    /** The agency's client certificate. */
    CERTIFICATE,
    /** A token made for this line. */
    TOKEN,
    /** The listener, for whatever arrives there is theirs. */
    LISTENER
  }

  /** For the record of deeds: {@code RELP + TLS, certificate 0a1b…}. */
  String deed() {
    String shown = certificate.map(serial -> " " + serial).orElse("");
    return words() + ", " + proof.name().toLowerCase(Locale.ROOT) + shown;
  }

  /** In few words: {@code RELP + TLS}. */
  public String words() {
    return speech.word() + (tls ? " + TLS" : "");
  }
}

package mo.farol.intake;

import java.util.List;
import java.util.Optional;
import mo.farol.syslog.Framing;

/**
 * A listener of one agency: what arrives there is that agency's, unless a client certificate says
 * whose it is.
 *
 * @param agency agency id
 * @param input one of {@link #INPUTS}
 * @param port 0 any free one
 * @param framing where messages end, of syslog over TCP
 */
public record PinnedListener(String agency, Input input, int port, Framing framing) {
  /** Inputs where nothing but the listener, or a certificate, tells whose a frame is. */
  public static final List<Input> INPUTS =
      List.of(Input.SYSLOG_TCP, Input.SYSLOG_UDP, Input.GELF, Input.RELP, Input.LUMBERJACK);

  public PinnedListener {
    if (!INPUTS.contains(input)) {
      throw new IllegalArgumentException("no agency has a listener of its own for " + input);
    }
  }

  /** Messages end as each sender shows. */
  public PinnedListener(String agency, Input input, int port) {
    this(agency, input, port, Framing.SHOWN);
  }

  /** The input of a word such as {@code udp}, where an agency can have one of its own. */
  public static Optional<Input> named(String word) {
    return INPUTS.stream().filter(input -> input.word().equals(word)).findFirst();
  }

  /** Its name on the ready line. */
  public String key() {
    return input.key() + "." + agency;
  }
}

package mo.farol.onboard;

import java.util.Optional;

/**
 * The ways in which a test line of an agency can go from here.
 *
 * @param own as the chosen forwarder sends
 * @param lack why it can't go that way
 * @param http over HTTP with a token made for it; empty where that input is off
 */
public record TestRoutes(Optional<Way> own, Lack lack, Optional<Way> http) {
  /** Why a line can't go as a forwarder sends. */
  public enum Lack {
    NOTHING,
    /** No certificate that stands has its private key here: only the agency has it. */
    KEY,
    /** The listener is off. */
    LISTENER,
    /** The agency has no port of its own. */
    PORT
  }
}

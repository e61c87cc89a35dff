package mo.farol.intake;

import java.util.Arrays;

/**
 * A listener can't be had. The message is one line that names key and address, and says what the
 * operator does next.
 */
public final class IntakeFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  private IntakeFault(String message, Throwable cause) {
    super(message, cause);
  }

  /** What the system said about binding, in the operator's words. */
  static IntakeFault of(String key, String address, int port, Throwable cause) {
    String said = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
    String place = address + ":" + port;
    if (said.contains("in use")) {
      return new IntakeFault(
          "%s: %s is already in use; end the program that holds it or set %s to another port (0 takes any free one)"
              .formatted(key, place, setting(key)),
          cause);
    }
    if (said.contains("ermission")) {
      return new IntakeFault(
          "%s: no right to listen on %s; set %s to a port above 1023 or grant CAP_NET_BIND_SERVICE"
              .formatted(key, place, setting(key)),
          cause);
    }
    return new IntakeFault(
        "%s: cannot listen on %s (%s); set 'bind' to an address of this machine"
            .formatted(key, place, said),
        cause);
  }

  // A listener of a single agency has no setting of its own name.
  private static String setting(String key) {
    return Arrays.stream(Input.values()).anyMatch(input -> input.key().equals(key))
        ? key
        : "its entry in intake.pinned";
  }
}

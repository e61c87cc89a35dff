package mo.farol.identity;

import org.jspecify.annotations.Nullable;

/** A key, certificate or request can't be used. One line that says what to do. */
public final class IdentityFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  IdentityFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  IdentityFault(String message) {
    this(message, null);
  }
}

package mo.farol.backup;

/** A backup could not be made or read; the message says what the operator does next. */
public final class BackupFault extends RuntimeException {
  private static final long serialVersionUID = 1;

  BackupFault(String message) {
    super(message);
  }

  BackupFault(String message, Throwable cause) {
    super(message, cause);
  }
}

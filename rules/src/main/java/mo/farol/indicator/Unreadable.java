package mo.farol.indicator;

/** A value or pattern that is not read; the message is the reason, for the one who wrote it. */
final class Unreadable extends Exception {
  private static final long serialVersionUID = 1;

  Unreadable(String reason) {
    super(reason, null, false, false);
  }

  String reason() {
    return String.valueOf(getMessage());
  }
}

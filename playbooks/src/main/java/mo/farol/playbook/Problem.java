package mo.farol.playbook;

/**
 * What is wrong with a playbook.
 *
 * @param pointer JSON pointer (RFC 6901) to the place
 * @param code short name of the rule
 * @param message for people
 */
public record Problem(String pointer, String code, String message) {
  @Override
  public String toString() {
    return pointer + " " + code + ": " + message;
  }
}

package mo.farol.event;

/** The start of a text that is too long to be shown or kept; never half of a character. */
public final class Excerpt {
  private Excerpt() {}

  /**
   * A text, or of a longer one its start.
   *
   * @param most UTF-16 units, 1 or more; one less is left where a surrogate pair would be parted
   */
  public static String of(String text, int most) {
    if (text.length() <= most) {
      return text;
    }
    return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
  }

  /** As {@link #of}, with an ellipsis behind what was cut: it may be one unit longer. */
  public static String shown(String text, int most) {
    return text.length() <= most ? text : of(text, most) + "…";
  }
}

package mo.farol.event;

import java.util.regex.Pattern;

/**
 * Who is protected: a department or operator whose logs arrive.
 *
 * @param id short name for scripts: lower-case letters, digits and hyphens, at most 40
 * @param name what people call it
 */
public record Agency(String id, String name) {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

  public Agency {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "an agency id is lower-case letters, digits and hyphens (at most 40), not '" + id + "'");
    }
  }
}

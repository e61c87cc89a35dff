package mo.farol.attack;

import java.util.List;

/**
 * One technique or sub-technique.
 *
 * @param id such as {@code T1053.005}
 * @param name in English, as MITRE gives it
 * @param tactics those it serves, by the short names that Sigma tags use
 */
public record Technique(String id, String name, List<String> tactics) {
  public Technique {
    tactics = List.copyOf(tactics);
  }

  /** Whether it is part of another one. */
  public boolean isSub() {
    return id.indexOf('.') >= 0;
  }

  /** The id of the technique that an id is part of; a technique's own. */
  public static String whole(String id) {
    int dot = id.indexOf('.');
    return dot < 0 ? id : id.substring(0, dot);
  }
}

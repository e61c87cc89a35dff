package mo.farol.page;

import java.time.Instant;
import mo.farol.health.Ending;

/** Which words tell an ending. */
public final class EndingWords {
  private EndingWords() {}

  /** How long something still lasts, or for how long it is over. */
  public static String left(Words words, Ending ending, Instant now) {
    long days = ending.days(now);
    String key = ending.isOver(now) ? "ending.over" : "ending.days";
    return days > 1
        ? words.get(key, String.valueOf(days))
        : words.get(key + (days == 1 ? ".one" : ".today"));
  }

  /** What to do about it. */
  public static String advice(Words words, Ending ending, Instant now) {
    // What is over can't be replaced with some time to change over.
    boolean isLate = ending.kind() == Ending.Kind.TOKEN && ending.isOver(now);
    return words.get("ending.do." + ending.kind().word() + (isLate ? ".over" : ""));
  }
}

package mo.farol.seal;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.time.Instant;
import mo.farol.event.Runs;

/**
 * What was taken out of the journal for good, and why. Each record names the one before, so none
 * can be left out later; a head names the last.
 *
 * @param number counted from 1
 * @param previous hash of the record before, hexadecimal
 * @param at when it was decided, ISO 8601
 * @param policy the rule that asked for it, such as {@code retention.default=365d}
 * @param by who: {@code retention}, or an account
 * @param agency whose frames
 * @param input by which input they came
 * @param segment number of the journal's file
 * @param runs which frames, as {@link Runs#text} writes them
 * @param frames how many in all
 */
@JsonPropertyOrder({
  "number",
  "previous",
  "at",
  "policy",
  "by",
  "agency",
  "input",
  "segment",
  "runs",
  "frames"
})
public record Removal(
    long number,
    String previous,
    String at,
    String policy,
    String by,
    String agency,
    String input,
    int segment,
    String runs,
    long frames) {

  /** One to be recorded: {@link Removals#record} numbers it. */
  public static Removal of(
      Instant at, String policy, String by, String agency, String input, int segment, Runs runs) {
    return new Removal(
        0, "", at.toString(), policy, by, agency, input, segment, runs.text(), runs.count());
  }

  /** Which frames; worked out anew each time. */
  public Runs sequences() {
    return Runs.parse(runs);
  }
}

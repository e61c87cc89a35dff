package mo.farol.seal;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.util.List;
import mo.farol.event.Runs;

/**
 * What was taken out of the journal for good, and why. Each record names the one before, so none
 * can be left out later, and is signed with the key that signs heads at that time; a head names the
 * last.
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
 * @param signature line of a C2SP signed note over all the others; empty until it is recorded
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
  "frames",
  "signature"
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
    long frames,
    String signature) {
  private static final String TITLE = "farol removal/1";
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES).build();

  /** One to be recorded: {@link Seal#record} numbers and signs it. */
  public static Removal of(
      Instant at, String policy, String by, String agency, String input, int segment, Runs runs) {
    return new Removal(
        0, "", at.toString(), policy, by, agency, input, segment, runs.text(), runs.count(), "");
  }

  /** Reads {@link #line}; throws {@link IllegalArgumentException} on anything else. */
  static Removal read(String line) {
    try {
      var removal = JSON.readValue(line, Removal.class);
      if (removal.line().equals(line)) {
        return removal;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this is no removal", e);
    }
    throw new IllegalArgumentException("this removal is not as it was written");
  }

  /** The line that is kept. */
  String line() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a removal is plain data", e);
    }
  }

  /** The same as the next one after others. */
  Removal after(Removals.Tip tip) {
    return with(tip.count() + 1, tip.hash().hex(), "");
  }

  boolean follows(Removals.Tip tip) {
    return number == tip.count() + 1 && previous.equals(tip.hash().hex());
  }

  Removal signed(SignerKey key) {
    var note = Note.signed(text(key.verifier().name()), key);
    return with(number, previous, note.lines().getFirst());
  }

  boolean isSignedBy(VerifierKey key) {
    return new Note(text(key.name()), List.of(signature)).isSignedBy(key);
  }

  // What is signed; a head and a rotation begin otherwise.
  private String text(String origin) {
    return TITLE + "\n" + origin + "\n" + with(number, previous, "").line() + "\n";
  }

  private Removal with(long itsNumber, String hashBefore, String signedLine) {
    return new Removal(
        itsNumber, hashBefore, at, policy, by, agency, input, segment, runs, frames, signedLine);
  }

  /** Which frames; worked out anew each time. */
  public Runs sequences() {
    return Runs.parse(runs);
  }
}

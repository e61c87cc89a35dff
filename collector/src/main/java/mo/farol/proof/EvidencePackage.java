package mo.farol.proof;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;

/**
 * What a responder takes along: frames and all that leads from them to one signed head.
 *
 * @param format {@value #FORMAT}
 * @param key who signed, as {@code name+id+base64}; to be compared with the key one was given
 * @param rotations how that key came after others or gave way to others: notes that both signed
 * @param head the signed head, with what witnesses said of it
 * @param timestamp RFC 3161 token over the head's text, base64; empty without
 * @param runs frames that stood one after the other
 */
@JsonPropertyOrder({"format", "key", "rotations", "head", "timestamp", "runs"})
public record EvidencePackage(
    String format,
    String key,
    List<String> rotations,
    String head,
    String timestamp,
    List<Run> runs) {
  static final String FORMAT = "farol-proof/1";

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .build();

  public EvidencePackage {
    rotations = List.copyOf(rotations);
    runs = List.copyOf(runs);
  }

  /**
   * A part of the tree without a gap.
   *
   * @param from sequence of the first leaf
   * @param leaves hash of every leaf, hexadecimal
   * @param path what leads from these leaves to the root, hexadecimal
   * @param events the frames that are here
   * @param absent those that are not, and why
   */
  @JsonPropertyOrder({"from", "leaves", "path", "events", "absent"})
  public record Run(
      long from,
      List<String> leaves,
      List<String> path,
      List<ProvenEvent> events,
      List<Absent> absent) {
    public Run {
      leaves = List.copyOf(leaves);
      path = List.copyOf(path);
      events = List.copyOf(events);
      absent = List.copyOf(absent);
    }
  }

  /** A leaf without its frame. */
  @JsonPropertyOrder({"sequence", "why"})
  public record Absent(long sequence, String why) {}

  /** Reads a package; throws {@link IllegalArgumentException} on anything else. */
  public static EvidencePackage read(String text) {
    try {
      return JSON.readValue(text, EvidencePackage.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e.getOriginalMessage(), e);
    }
  }

  /** The package as JSON, always the same bytes. */
  public String write() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a package is plain data", e);
    }
  }
}

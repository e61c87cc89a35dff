package mo.farol.proof;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.Arrays;
import java.util.Base64;
import mo.farol.event.FrameBatch;
import mo.farol.event.Origin;
import mo.farol.journal.EventLog;
import mo.farol.seal.Hash;
import mo.farol.seal.Leaves;

/**
 * A frame with what its leaf is made of.
 *
 * @param sequence its place
 * @param received when, microseconds since 1970-01-01T00:00Z
 * @param marks bits: 1 cut at the limit, 2 end guessed, 4 came again, 8 the last 40 bytes of the
 *     frame are ours: length (8, big-endian) and SHA-256 of the frame before it was cut, 16 its
 *     connection ended before its end
 * @param salt hexadecimal
 * @param frame the bytes, base64
 */
@JsonPropertyOrder({
  "sequence",
  "received",
  "agency",
  "input",
  "peer",
  "lane",
  "format",
  "zone",
  "exercise",
  "year",
  "marks",
  "salt",
  "frame"
})
public record ProvenEvent(
    long sequence,
    long received,
    String agency,
    String input,
    String peer,
    String lane,
    String format,
    String zone,
    boolean exercise,
    int year,
    int marks,
    String salt,
    String frame) {

  static ProvenEvent of(EventLog.Block block, int i) {
    var frames = block.frames();
    var o = frames.origin();
    byte[] copy = Arrays.copyOfRange(frames.bytes(), frames.start(i), frames.keptEnd(i));
    return new ProvenEvent(
        block.firstSequence() + i,
        frames.receivedAtMicros(),
        o.agency(),
        o.input(),
        o.peer(),
        o.lane(),
        o.format(),
        o.zone(),
        o.exercise(),
        o.year(),
        frames.marks(i),
        new Leaves().salt(block, i).hex(),
        Base64.getEncoder().encodeToString(copy));
  }

  /**
   * Hash of its leaf, as if it stood at a place.
   *
   * @throws IllegalArgumentException where something else would have the same hash
   */
  Hash leaf(Leaves leaves, long at) {
    byte[] bytes = Base64.getDecoder().decode(frame);
    if (!Base64.getEncoder().encodeToString(bytes).equals(frame) || (byte) marks != marks) {
      throw new IllegalArgumentException("event " + sequence + " is not written as it was");
    }
    var origin = new Origin(agency, input, peer, lane, exercise, format, year, zone);
    var batch =
        FrameBatch.of(
            origin, received, bytes, new int[] {0, bytes.length}, new byte[] {(byte) marks});
    return leaves.of(at, Hash.ofHex(salt), batch);
  }
}

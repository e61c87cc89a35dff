package mo.farol.splunk;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import mo.farol.parse.JsonWalk;
import mo.farol.post.Answer;
import mo.farol.post.Ending;
import mo.farol.post.Reception;

/** The question which ids are on disk: {@code {"acks":[0,1,2]}}. */
final class HecAck implements Reception {
  private static final int MOST_BYTES = 64 << 10;
  private static final byte[] ACKS = "acks".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_ID = 18;

  private final HecChannels channels;
  private final String agency;
  private final String channel;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private boolean tooLong;

  HecAck(HecChannels channels, String agency, String channel) {
    this.channels = channels;
    this.agency = agency;
    this.channel = channel;
  }

  @Override
  public void take(byte[] bytes, int from, int to) {
    tooLong |= body.size() + to - from > MOST_BYTES;
    if (!tooLong) {
      body.write(bytes, from, to - from);
    }
  }

  @Override
  public long held() {
    return body.size();
  }

  @Override
  public Ending end() {
    byte[] b = body.toByteArray();
    var object = new JsonWalk();
    if (!tooLong && object.enter(b, 0, b.length) && b.length > 0) {
      while (object.next()) {
        if (object.isKey(ACKS) && object.kind() == '[') {
          return new Ending.Done(answer(b, object.from(), object.to()));
        }
      }
    }
    return new Ending.Done(HecCode.INVALID_FORMAT.refusing());
  }

  private Answer answer(byte[] b, int from, int to) {
    var ids = new JsonWalk();
    var json = new StringBuilder("{\"acks\":{");
    ids.enter(b, from, to);
    boolean some = false;
    while (ids.next()) {
      long id = id(b, ids.from(), ids.to());
      if (id >= 0) {
        json.append(some ? ",\"" : "\"").append(id).append("\":");
        json.append(channels.tell(agency, channel, id));
        some = true;
      }
    }
    return Answer.json(200, json.append("}}").toString());
  }

  private static long id(byte[] b, int from, int to) {
    if (to - from > LONGEST_ID) {
      return -1;
    }
    long id = 0;
    for (int i = from; i < to; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return -1;
      }
      id = id * 10 + b[i] - '0';
    }
    return id;
  }
}

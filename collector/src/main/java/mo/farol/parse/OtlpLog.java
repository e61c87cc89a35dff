package mo.farol.parse;

import org.jspecify.annotations.Nullable;

/**
 * One OTLP log record within an export request of its own, with its resource and scope: protobuf,
 * or JSON where it begins with a brace.
 */
final class OtlpLog implements Format {
  private final OtlpProtobuf protobuf;
  private final OtlpJson json;

  OtlpLog(ParseConfig config, Message message) {
    var event = new OtlpEvent(config, message);
    protobuf = new OtlpProtobuf(event, config.depth());
    json = new OtlpJson(event, config.depth());
  }

  @Override
  public String name() {
    return "otlp";
  }

  @Override
  public boolean isText() {
    return false; // protobuf may end with any byte
  }

  @Override
  public boolean claims(EventDraft draft, int from, int to) {
    return false;
  }

  @Override
  public @Nullable String read(EventDraft draft, int from, int to) {
    int before = draft.into().filled();
    var why =
        draft.bytes()[from] == '{' ? json.read(draft, from, to) : protobuf.read(draft, from, to);
    if (why != null) {
      draft.into().undoTo(before);
    }
    return why;
  }
}

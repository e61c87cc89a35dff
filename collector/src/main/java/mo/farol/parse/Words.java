package mo.farol.parse;

import static mo.farol.parse.Ascii.bytes;

/** Values we write ourselves, in ECS's own words where it has one. */
final class Words {
  static final byte[] AUTHENTICATION = bytes("authentication");
  static final byte[] SESSION = bytes("session");
  static final byte[] IAM = bytes("iam");
  static final byte[] NETWORK = bytes("network");
  static final byte[] PROCESS = bytes("process");
  static final byte[] WEB = bytes("web");
  static final byte[] EMAIL = bytes("email");

  static final byte[] SUCCESS = bytes("success");
  static final byte[] FAILURE = bytes("failure");

  static final byte[] BLOCK = bytes("block");
  static final byte[] ALLOW = bytes("allow");

  static final byte[] TRUE = bytes("true");
  static final byte[] FALSE = bytes("false");

  private Words() {}
}

package dev.gatehouse.console.terminal;

/** A key that a person has pressed while a picture is shown. */
public record Key(String name) {
  public static final Key QUIT = new Key("q");
  public static final Key UP = new Key("up");
  public static final Key DOWN = new Key("down");
  public static final Key TAB = new Key("\t");

  static Key of(int character) {
    return new Key(Character.toString(character));
  }
}

/** How the story looks: acts, commands and what they print. */
export interface Screen {
  /** Heading of an act, with its number. */
  act(title: string): void;
  /** What happens and why, as running text. */
  tell(text: string): void;
  /** A command as a person would type it. */
  command(text: string): void;
  /** One line of what a command printed. */
  output(line: string): void;
  /** One line of the story that tells whether a claim holds. */
  result(good: boolean, text: string): void;
  /** A line as it is. */
  line(text: string): void;
}

const STYLES = { bold: "1", dim: "2", red: "31", green: "32", cyan: "36" } as const;
const INDENT = "   ";
const WIDTH = 100;

export function createScreen({ colour, write }: { colour: boolean; write: (text: string) => void }): Screen {
  let acts = 0;
  const paint = (style: keyof typeof STYLES, text: string) =>
    colour ? `\u001b[${STYLES[style]}m${text}\u001b[0m` : text;
  const line = (text: string) => write(`${text}\n`);
  return {
    line,
    act: (title) => {
      acts += 1;
      line(`\n${paint("bold", `${acts}. ${title}`)}`);
    },
    tell: (text) => {
      for (const part of wrap(text, WIDTH - INDENT.length)) line(`${INDENT}${part}`);
    },
    command: (text) => line(`\n${INDENT}${paint("cyan", `$ ${text}`)}`),
    output: (text) => line(text === "" ? "" : `${INDENT}${text}`),
    result: (good, text) => line(`${INDENT}${paint(good ? "green" : "red", `=> ${text}`)}`),
  };
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

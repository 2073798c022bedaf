// Those who take part in a response, as words.

const WORDS = { patient: "the patient", helper: "a helper" };

const nameIn = (participants, id) => {
  const found = participants?.find((one) => one.id === id);
  return found?.name || WORDS[found?.role] || "another device";
};

// What is said once when others' answers have come.
export const arrivedText = (events, participants) => {
  const names = [...new Set(events.map((event) => nameIn(participants, event.participant)))];
  const listed = names.length > 1 ? `${names.slice(0, -1).join(", ")} and ${names.at(-1)}` : names[0];
  return `New answers from ${listed} have arrived`;
};

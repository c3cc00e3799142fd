// Says at once that a file is too large, before it is sent.
const form = document.querySelector("form[data-max-bytes]");
const field = form?.querySelector("input[type=file]");
const note = form?.querySelector("[data-too-large]");

field?.addEventListener("change", () => {
  const limit = Number(form.dataset.maxBytes);
  const tooLarge = [...field.files].filter((file) => file.size > limit).map((file) => file.name);
  note.hidden = tooLarge.length === 0;
  note.querySelector("span").textContent = `${tooLarge.join(", ")}: larger than ${Math.floor(limit / 2 ** 20)} MB and would be refused.`;
  form.querySelector("button").disabled = tooLarge.length > 0;
});

// Select2 in Kazakh, which it does not bring itself; in the shape and place of its own languages.
jQuery.fn.select2.amd.define("select2/i18n/kk", [], () => ({
  errorLoading: () => "Нәтижелерді жүктеу мүмкін болмады",
  inputTooLong: ({ input, maximum }) => `Тым ұзын: артық таңбалар саны – ${input.length - maximum}`,
  inputTooShort: ({ input, minimum }) => `Тағы кемінде ${minimum - input.length} таңба енгізіңіз`,
  loadingMore: () => "Жүктелуде…",
  maximumSelected: ({ maximum }) => `Ең көбі ${maximum} мән таңдауға болады`,
  noResults: () => "Ештеңе табылмады",
  searching: () => "Іздеу…",
  removeAllItems: () => "Барлығын алып тастау",
}));

using Orchestrator.Core.Concepts.Forms;

namespace Orchestrator.Core.Tests.Concepts;

public sealed class FormsTests
{
    [Theory]
    [InlineData("scrivere", "scrivi", "scrivete", "scriviamo", "scrivendo", "scrivero", "scrivessi")]
    [InlineData("pubblicare", "pubblica", "pubblichi", "pubblichiamo", "pubblichera", "pubblicato")]
    [InlineData("inviare", "invia", "invii", "inviamo", "inviate", "invieremo")]
    [InlineData("lanciare", "lancia", "lanci", "lanceranno", "lanciati")]
    [InlineData("tradurre", "traduci", "traduce", "traducendo", "tradurra", "tradotto")]
    [InlineData("comporre", "componi", "compone", "componendo", "composto")]
    [InlineData("inserire", "inserisci", "inseriamo", "inserito", "inserendo")]
    [InlineData("scusarsi", "scusare", "scusa")]
    public void Of_AnItalianInfinitive_HasTheFormsOfAnOrder(string infinitive, params string[] forms) =>
        Assert.Empty(forms.Except(ItalianVerbForms.Of(infinitive).Select(form => form.Text)));

    [Theory]
    [InlineData("scrivilo", "scrivi")]
    [InlineData("scriverlo", "scrivere")]
    [InlineData("pubblicandoli", "pubblicando")]
    [InlineData("tradurlo", "tradurre")]
    [InlineData("inviategliela", "inviate")]
    public void WithoutPronoun_OfAVerbWithOne_HoldsTheVerb(string word, string verb) =>
        Assert.Contains(verb, ItalianVerbForms.WithoutPronoun(word));

    [Theory]
    [InlineData("articolo", "articoli")]
    [InlineData("amico", "amici")]
    [InlineData("luogo", "luoghi")]
    [InlineData("barca", "barche")]
    [InlineData("provincia", "province")]
    [InlineData("analista", "analisti")]
    [InlineData("cliente", "clienti")]
    [InlineData("operaio", "operai")]
    public void OfNoun_AnItalianSingular_HasItsPlural(string singular, string plural)
    {
        Assert.Contains(plural, ItalianForms.OfNoun(singular));
        Assert.Equal(ItalianForms.Root(singular), ItalianForms.Root(plural));
    }

    [Theory]
    [InlineData("write", "writes", "writing")]
    [InlineData("plan", "plans", "planned", "planning")]
    [InlineData("copy", "copies", "copied", "copying")]
    [InlineData("fix", "fixes", "fixed", "fixing")]
    public void OfVerb_AnEnglishVerb_HasItsRegularForms(string verb, params string[] forms) =>
        Assert.Empty(forms.Except(EnglishForms.OfVerb(verb).Select(form => form.Text)));

    [Theory]
    [InlineData("story", "stories")]
    [InlineData("post", "posts")]
    [InlineData("box", "boxes")]
    [InlineData("house", "houses")]
    public void Root_OfAnEnglishPlural_IsThatOfTheSingular(string singular, string plural)
    {
        Assert.Equal(EnglishForms.Root(singular), EnglishForms.Root(plural));
        Assert.Contains(plural, EnglishForms.OfNoun(singular));
    }

    [Theory]
    [InlineData("zucchina", "zucchine", true)]
    [InlineData("cantiere", "cantieri", false)]
    [InlineData("giardino", "giardini", true)]
    [InlineData("widget", "widgets", true)]
    [InlineData("banche", "banca", true)]
    [InlineData("partito", "partita", false)]
    [InlineData("francesco", "francesca", false)]
    [InlineData("caso", "casi", false)]
    [InlineData("universe", "university", false)]
    public void Key_OfUnknownWords_IsSharedBySingularAndPluralAtMost(string one, string other, bool shared) =>
        Assert.Equal(shared, UnknownWord.Key(one) == UnknownWord.Key(other));
}

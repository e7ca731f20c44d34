using Orchestrator.Core.Concepts;

namespace Orchestrator.Core.Tests.Concepts;

public sealed class ConceptNormaliserTests
{
    [Theory]
    [InlineData("Scrivi blog post su AI", "ai, article, create")]
    [InlineData("Delete the blog about AI", "ai, blog, delete")]
    [InlineData("scrivi ai clienti un articolo su ai", "ai, article, create, customer")]
    [InlineData("Do not publish the article", "article, not:publish")]
    [InlineData("Report without charts", "not:chart, report")]
    [InlineData("Do not print or send the file", "file, not:print, not:send, not:print > not:send")]
    [InlineData("Send the report from Anna to Marco", "from:anna, report, send, to:marco")]
    [InlineData("Write a newsletter about the podcast", "create, newsletter, of:podcast")]
    [InlineData("Survey report", "of:survey, report")]
    [InlineData("Report del sondaggio", "of:survey, report")]
    [InlineData("Fai una traduzione del manuale", "manual, translate")]
    [InlineData("Run the updated script", "done:update, run, script")]
    [InlineData("Write 3 articles and 5 emails", "#3 article, #5 email, article, create, email")]
    [InlineData("Chapter 3", "chapter, chapter #3")]
    [InlineData("15 marzo", "#15 march")]
    [InlineData("March 15", "#15 march")]
    [InlineData("Launch the campaign before raising prices", "campaign, launch | increase, price")]
    [InlineData("Before raising prices, launch the campaign", "campaign, launch | increase, price")]
    [InlineData("Raise prices after you launch the campaign", "campaign, launch | increase, price")]
    [InlineData("Write the article and delete the email", "article, create | delete, email")]
    [InlineData("Write the article and publish it", "article, create, publish, create > publish")]
    [InlineData("Publish the article after writing it", "article, create, publish, create > publish")]
    [InlineData("Article on why Acme sued Globex", "'acme, 'globex, 'sued, article, 'acme > 'globex")]
    [InlineData("Compare Notion with Trello", "compare, notion, trello")]
    [InlineData("Please review the contract", "check, contract")]
    [InlineData("Copy the data from the server to the database", "copy, data, database, from:server")]
    [InlineData("Copia i dati dal database al server", "copy, data, from:database, server")]
    [InlineData("Please Review the White Paper Of Doctor White", "'white, check, doctor, whitepaper")]
    [InlineData("Email the customers", "customer, email, send")]
    [InlineData("Email from the customers", "email, from:customer")]
    [InlineData("Write the report and post it", "create, publish, report, create > publish")]
    [InlineData("Piano per il 2025", "#2025, plan")]
    [InlineData("Plan for 2025", "#2025, plan")]
    [InlineData("Chiama il dottor Rossi", "'rossi, call, doctor")]
    [InlineData("", "")]
    public void Normalise_AText_ShowsItsConcepts(string text, string concepts) => Assert.Equal(concepts, ConceptNormaliser.Normalise(text).ToString());
}

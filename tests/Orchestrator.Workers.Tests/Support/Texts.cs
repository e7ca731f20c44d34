namespace Orchestrator.Workers.Tests.Support;

/// <summary>Texts as people write them.</summary>
internal static class Texts
{
    public const string English = """
        # Water for Rome

        The aqueducts of Rome carried water over great distances into the city. At the height of the empire, eleven aqueducts
        supplied fountains, public baths and private houses with about 1.1 million cubic metres of water a day. Most of their length
        ran underground, in channels of stone and concrete; only where the land fell away did engineers raise the famous arches.

        According to Sextus Julius Frontinus, who was appointed water commissioner in 97 A.D., the aqueducts were "a signal testimony
        to the greatness of the Roman Empire." Dr. A. Trevor Hodge, writing in the 1990s, agreed. How did the water move? Gravity alone
        did the work: the channels sloped by as little as 34 cm per kilometre, i.e. a gradient of 0.034 per cent.

        Maintenance never stopped. Workers cleared the channels of lime deposits, repaired leaks and replaced lead pipes. Landowners
        tapped the aqueducts illegally, and Frontinus complained that whole fields were watered by theft! The aqueducts needed access
        shafts every 70 m or so, and a strip of land on both sides was kept clear of trees, since roots could break the channels.

        - The Aqua Appia was built in 312 B.C. by Appius Claudius.
        - The Aqua Marcia, 91 km long, was famous for its cold water.

        When the Goths besieged Rome in 537, they cut the aqueducts. The population shrank to a fraction of what it had been, and most
        people drew water from the Tiber again. Some aqueducts were restored in the Renaissance; the Aqua Virgo still feeds the Trevi
        Fountain today.
        """;

    public const string Italian = """
        La laguna di Venezia è un bacino costiero dell'Adriatico settentrionale. La laguna comunica con il mare attraverso tre bocche
        di porto: Lido, Malamocco e Chioggia. Le maree entrano ed escono due volte al giorno, e con le maree si rinnova l'acqua della
        laguna. Secondo il prof. G. Rossi, la profondità media è di circa 1,2 m; i canali principali superano però i 15 m.

        Nel Novecento l'equilibrio della laguna è cambiato. Furono scavati canali per le petroliere, e le barene si ridussero di oltre
        la metà. L'acqua alta, che un tempo era rara, divenne frequente: il 4 novembre 1966 la marea raggiunse 194 cm. Perché la città
        affonda? Il livello del mare sale, e il suolo, a causa dell'estrazione dell'acqua di falda, si è abbassato.

        Il sistema MOSE è formato da 78 paratoie mobili che chiudono le bocche di porto quando si prevede l'acqua alta. Entrò in
        funzione il 3 ottobre 2020. Da allora la città è rimasta asciutta durante le maree più alte; tuttavia, quando le paratoie sono
        chiuse, il ricambio dell'acqua della laguna si interrompe, e i biologi ne studiano gli effetti.
        """;

    public const string Chinese = """
        人工智能正在改变许多行业。医院使用人工智能来分析医学影像，帮助医生更早发现疾病。银行也依靠人工智能识别欺诈交易。
        机器学习是人工智能的核心技术之一，它需要大量数据来训练模型。数据的质量往往比数量更重要！如果数据有偏差，模型的判断也会有偏差。
        那么，我们应该如何看待人工智能的风险？专家认为，透明的算法和严格的监管是必要的。有人说：“技术本身没有善恶。”关键在于人们如何使用它。
        未来，人工智能将与人类合作，而不是完全取代人类。教育系统需要帮助学生理解机器学习的原理和局限。
        """;
}

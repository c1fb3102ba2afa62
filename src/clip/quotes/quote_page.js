const isLeftOut = (quote) => byId("doubtful").checked && "fine" in quote.dataset;

function sort() {
    const order = [...items];
    if (byId("worst").checked)
        order.sort((a, b) => b.dataset.rank - a.dataset.rank);
    list.append(...order);
}

byId("doubtful").addEventListener("change", filter);
byId("worst").addEventListener("change", sort);

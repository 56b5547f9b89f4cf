extension PhraseBank {
  static let english = PhraseBank("""
    # request
    s New request: {product}
    s Asked about a study of {product}
    s {project}: first enquiry
    b {person} asked whether we could run a study of {product} before {date}.
    b They are planning a relaunch and want to understand who buys {product} and why.
    b Found us through a recommendation. Main question: what stops people from trying {product}.
    b {person} has seen our talk and wants a proposal for {product}; the budget is not fixed yet.
    b Sales of {product} have been flat for a year. They want to hear from customers, not from the sales team.
    m Asked for examples of earlier work in the same trade.
    m They have a panel supplier for data, but nobody to make sense of it.
    m A decision is expected within {days} working days.
    o Meeting arranged for {date}
    o Promised an outline by {date}
    o Sent two case studies
    # approach
    s First conversation
    s Introduced ourselves
    b Introduced the agency. {person} is responsible for research there and listened with interest.
    b They currently do surveys themselves, with a free tool. Open to a second opinion.
    b Talked about what others in the trade are asking. {person} would like to see prices.
    b We had met at a conference in {city}; reminded them of it and agreed to speak again.
    m They have no plans for research this quarter.
    m Their annual planning is in autumn: the right time to come back.
    o Sent our credentials
    o To call again after {date}
    o Will come back to us
    # brief
    s Brief: {project}
    s {project}: what they need to know
    b Went through the brief. Target group: people aged 25 to 54 who bought {product} in the last three months.
    b {person} wants one clear answer: where {product} loses buyers, and to whom.
    b Agreed on the questions. A sample of {n} interviews should be enough; {city} gets a boost.
    b Three decisions depend on the result, so we listed them first and the questions second.
    b They shared last year’s report. Useful, but the sample was too small to split by age.
    m Quality matters more than speed, says {person}.
    m The board meets on {date}: results must be ready by then.
    m Competitors’ names must not appear in the screener.
    o Proposal due {date}
    o Written brief to follow
    o Agreed: offer within {days} working days
    # offer
    s Offer no. {no}: {project}
    s {project}: our proposal
    b Sent offer no. {no}: {n} interviews, {days} working days of fieldwork, {price} plus VAT.
    b Two options in the offer: online only, or online with face-to-face in {city}. The first costs {price}.
    b The offer covers design, fieldwork, tables and a workshop. Total {price}, valid until {date}.
    b Proposed to start small, with a pilot, and to decide on the rest after it. Pilot included in {price}.
    m Added a page on what we will not be able to say with this sample.
    m A discount of {percent}% applies if they book two waves.
    o Offer sent, answer expected by {date}
    o They will compare with one other agency
    # bargain
    s {project}: price and scope
    s Questions about the offer
    b {person} asked what can be left out to stay within budget. Suggested a shorter questionnaire.
    b They like the approach, but procurement wants {percent}% off.
    b Asked whether {n} interviews are really necessary. Explained the margin of error with two examples.
    b Wants the same price with an extra group in {city}. Offered to give up the printed report in exchange.
    b Procurement sent its own contract template; clauses on data need our lawyer’s eye.
    m Timing is not a problem, money is.
    m No movement on payment terms: 30 days.
    o Revised offer to be sent
    o Stayed at {price}
    o Agreed to split the invoice in two
    # agreed
    s {project}: go-ahead
    s Contract signed: {project}
    b Signed contract received. Price {price}, first half on signature.
    b {person} confirmed the project; the purchase order comes tomorrow.
    b The order for “{project}” is here. Start as planned.
    b Accepted the second option. They want to begin before {date}.
    m {us} leads the project on our side.
    o Kick-off on {date}
    o Order received
    # lost
    s {project}: not this time
    s Decision against us
    b They chose another agency: cheaper by {percent}%, with a smaller sample.
    b The project is postponed. The budget went into advertising.
    b {person} thanked us for the proposal; head office has a framework agreement and they must use it.
    b They decided to do the survey in-house this year.
    m Asked to stay in touch.
    m Said openly that our offer was the better thought out.
    o Closed without an order
    o To ask again next year
    # kickoff
    s Kick-off: {project}
    s {project}: start
    b Kick-off with the whole team. Roles, dates and the form of the report are settled.
    b Walked through the timetable: fieldwork from {date}, {n} interviews, weekly updates by e-mail.
    b {person} brought colleagues from sales; their questions made the questionnaire better.
    b Agreed who approves what. {person} signs off the questionnaire, nobody else.
    m Logo and product pictures arrive this week.
    m One contact on each side, to keep it simple.
    o Questionnaire for approval by {date}
    o Minutes sent
    # field
    s {project}: fieldwork
    s Fieldwork update
    b Sent the questionnaire in its final version, with the changes marked.
    b Pilot finished: two questions were misread, reworded both. {person} approved.
    b Fieldwork started in {city}. First interviews went well, average length 14 minutes.
    b Listened to twelve recordings: the interviewers follow the script.
    b {percent}% of the sample is done. The quota for men under 30 is slow, as expected.
    b All {n} interviews are in. Checking and weighting from tomorrow.
    m Nothing to decide for now.
    m Recruited a second team to keep the date.
    o On schedule
    o Quota moved to {date}
    # trouble
    s {project}: a problem
    s Change of plan: {project}
    b {person} wants to add three questions although the fieldwork has begun.
    b A respondent complained about being called twice. Apologised, removed the number from the list.
    b The test product arrived late at the {city} venue; two groups have to be moved.
    b Unhappy that last week’s update came on Friday evening. Fair point.
    b They noticed a wrong product picture in the online survey. Stopped it within the hour and replaced the picture.
    m {person} was calm about it.
    m We carry the cost.
    o Solved the same day
    o New date: {date}
    o Two questions added, the third goes into the next wave
    # interim
    s {project}: interim results
    s First figures: {project}
    b First figures: {percent}% know the brand unprompted, which is more than they expected.
    b Showed the interim tables. {person} did not believe the result for {city} at first; we looked at the raw data together.
    b Interim report sent. Price is not the main barrier, finding the product is.
    b Half-way workshop: two of their five hypotheses are already off the table.
    m They asked to split the results by region.
    m Please do not forward yet, the base is still small.
    o Continue as planned
    o Regional split added
    # final
    s {project}: final presentation
    s Results presented: {project}
    b Presented the results to the board. Forty minutes planned, two hours needed, good discussion.
    b Final presentation in {city}. Three recommendations, the first is already being acted upon.
    b {person} asked for a two-page summary for the shops. The long version stays with marketing.
    b Handed over the report and the data. The main finding: {percent}% of former buyers would come back.
    b The result was not what they had hoped for, and they took it well.
    m Applause at the end, which is rare.
    m The sales director stayed sceptical about the sample.
    o Report accepted
    o Summary promised by {date}
    # invoice
    s Invoice no. {no}
    s {project}: invoice
    b Sent invoice no. {no} for {price}, due in 30 days.
    b Final invoice sent together with the signed acceptance form.
    b Reminder for invoice no. {no}; their accounts department had it under another number.
    m Their system wants the order number in the subject line.
    o Payment expected by {date}
    o Sent
    # thanks
    s Thank-you call
    s {project}: how was it for you?
    b Called to thank them. {person} says the report is being used every week.
    b Asked what we should do better: shorter updates, sooner. Noted.
    b A good talk. They are happy with “{project}” and would recommend us.
    b {person} is satisfied with the work, less so with the number of e-mails.
    m May use them as a reference.
    m Mentioned a sister company that could need us.
    o Satisfaction 9 out of 10
    o Satisfaction 8 out of 10
    o Will discuss next year’s plan in autumn
    # checkIn
    s How are things?
    s Catching up
    b Busy season, no research planned at the moment.
    b {person} told about the new line of {product}; a test may be needed in spring.
    b Sent an article on how people choose {product}, with two remarks of ours.
    b Asked how the recommendations worked out: two of three are done.
    b They are reorganising. Marketing moves under sales from next month.
    b They opened a branch in {city}. Congratulated them, and asked who their neighbours are.
    b {person} would like to know what others pay for a study of {product}. Gave a range.
    b A competitor has cut prices by {percent}%. They wait before doing anything.
    b Nothing new on their side. Told them about our work on how people read labels.
    b The budget for next year is being made. {person} will put research into it.
    b Talked about hiring: they look for an analyst and asked whether we know someone.
    m No need to call before {date}.
    m Pleased that we had remembered.
    o Stay in touch
    o Call again after {date}
    # greeting
    s Season’s greetings
    s Christmas card
    b Sent a card signed by the whole team.
    b Wished them a quiet Christmas and thanked them for the year.
    b Good wishes for the new year, with a photo of the whole team.
    # birthday
    s Birthday
    b Wished {person} a happy birthday.
    b Short birthday message; an answer with a smile within minutes.
    # invitation
    s Invitation: research breakfast
    s Our yearly client day
    b Invited them to our research breakfast on {date}: how households cut back, and where they do not.
    b Sent the invitation to the client day in {city}. {person} plans to come.
    b Offered two free places at our workshop on reading survey tables.
    o Accepted
    o Cannot come this time
    o No answer yet
    # newManager
    s Getting to know {person}
    s New contact: {person}
    b First talk with {person}, who has taken over. Told what we have done together so far and what is open.
    b {person} comes from another trade and has worked with a large agency before. Wants to see the numbers of past projects.
    b Gave {person} a summary of our projects. Asked what should change.
    m Prefers short e-mails to calls.
    o Meeting in {city} planned
    o Summary sent
    # question
    s A question about the data
    s Small request
    b {person} could not find the table by age. Sent it again with a short explanation.
    b Asked whether the figures for {product} may be shown to a retailer. Yes, with the source.
    b Needed the charts in their own template. Done in an hour, no charge.
    b Wanted to know how our sample compares with the official statistics.
    b {person} lost the link to the report. Sent a new one.
    b Asked for the exact wording of one question, for a press release.
    b Wanted the sample split by town size. It is possible from 80 interviews up; sent what holds.
    b A journalist asked them about the study. Agreed which figures may be quoted.
    b {person} asked how long we keep the recordings. Explained the rule and sent it in writing.
    o Answered the same day
    o They have what they needed
    # silence
    s Nobody picked up
    s Tried to reach them
    b Rang twice, left a message with reception.
    b No answer to the last two e-mails. {person} may be on leave.
    b The mailbox is full; asked reception for another way.
    o Try again after {date}
    # note
    s For us
    s Internal
    b Pays on time, but only after a reminder. Put it into the calendar.
    b Decisions are made by two people; always copy both.
    b Reads the tables before the summary. Send the tables first.
    b Before the next offer look at the margin of “{project}”: the recruiting cost more than planned.
    b Their financial year ends in March. Unspent budget shows up in February.
    """)
}
